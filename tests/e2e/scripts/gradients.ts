// First, for its setting of zod: the page's policy forbids eval.
import '@/lib/graph/schema';
import { startBackend } from '@/lib/engine/backend';
import type { BackendName } from '@/lib/engine/backend-name';
import { derivativeFailures } from '@/lib/engine/testing/derivative-failures';
import { registry } from '@/lib/nodes/registry';
import { type Case, casesOf, computes } from '@/lib/nodes/testing/cases';
import { type Derivatives, errorsOf, readDerivatives } from '@/lib/nodes/testing/derivatives';
import { assert } from '@/lib/util/assert';

/**
 * First and second order on one of the browser's backends: of every corrected kernel against differences, and of
 * every kind, number by number, against WASM, whose gradients the unit tests hold against differences and PyTorch.
 */
export interface Compared {
  /** Outputs and gradients, each a list of numbers. */
  readonly compared: number;
  readonly worst: number;
  /** What is off by more than the tolerance, as a share of its list's largest number. */
  readonly wrong: readonly string[];
}

/** Every n-th kind from one on. */
export interface Part {
  readonly from: number;
  readonly every: number;
  readonly tolerance: number;
}

/**
 * Arcs and time embeddings are made of sines, which a GPU need only know to 2^-11 (Vulkan 1.3, precision of its
 * operations): those of SwiftShader are off by 3e-4, and its arcs by 6e-4.
 */
const hasSines = ({ id, params }: Case): boolean =>
  params.path === 'spherical' || id.startsWith('time-embedding ');
const SINES = 1e-3;

declare global {
  interface Window {
    checkCorrections(backend: BackendName): Promise<readonly string[]>;
    compareKinds(backend: BackendName, part: Part): Promise<Compared>;
  }
}

async function start(backend: BackendName) {
  const { tf } = await startBackend(backend, {
    assets: new URL(process.env.GANVAS_WASM ?? '', window.location.href).href,
  });
  assert(tf.getBackend() === backend, `tfjs on ${backend}`);
  return tf;
}

window.checkCorrections = async (backend) => derivativeFailures(await start(backend));

window.compareKinds = async (backend, { from, every, tolerance }) => {
  const cases = registry
    .filter((_, place) => place % every === from)
    .flatMap((definition) => (computes(definition) ? casesOf(definition) : []));
  const compute = async (name: BackendName) => {
    const tf = await start(name);
    const read: Derivatives[] = [];
    for (const of of cases) read.push(await readDerivatives(tf, of));
    return read;
  };
  const expected = await compute('wasm');
  const errors = (await compute(backend)).flatMap((got, place) => {
    const of = cases[place] as Case;
    const allowed = hasSines(of) ? SINES : tolerance;
    return errorsOf(got, expected[place] as typeof got).map(([what, error]) => ({
      what: `${of.id}, ${what}`,
      error,
      allowed,
    }));
  });
  return {
    compared: errors.length,
    worst: errors.reduce((most, { error }) => Math.max(most, error), 0),
    wrong: errors
      .filter(({ error, allowed }) => !(error <= allowed))
      .map(({ what, error }) => `${what} is off by ${error}`),
  };
};
