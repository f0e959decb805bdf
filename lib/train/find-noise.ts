import type { Plan, Ref } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import type { Sampled, SampleRequest, SearchRequest, SearchResult } from '@/lib/compile/tf/make-samples';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import { nearestRows } from '@/lib/metrics/nearest';
import { sameDims } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { range } from '@/lib/util/range';
import { dataLike } from './data-like';
import { type MadeFrom, madeFrom } from './made-from';
import { PROBED } from './sample-set';

/** What is looked for: the target, as one row. */
type NoiseRequest = Omit<SearchRequest, 'numbers' | 'given' | 'smooth' | 'mask' | 'within'>;

/** Where the way to a target begins. */
interface NoiseStart extends MadeFrom {
  /** The number of the sample that it is of, but for its noise. */
  readonly number: number;
  /** Whose noise it is. */
  readonly by: 'sample' | 'encoder';
  /** Root mean squared difference of what it makes from the target. */
  readonly distance: number;
  /** The longest noise of the samples that were looked at. */
  readonly longest: number;
}

/** The length of the longest of some noise. */
export const longestOf = (rows: readonly Float32Array[]): number =>
  Math.max(...rows.map((row) => Math.hypot(...row)));

/**
 * The noise whose sample is nearest to a target, by descent; no longer than that of samples, but where any length is
 * asked for: far out a generator was not taught what to make.
 */
export async function findNoise(
  game: Pick<CompiledGame, 'plan' | 'makeSamples' | 'searchSamples'>,
  { isAnyLength, ...request }: NoiseRequest & { readonly isAnyLength: boolean },
): Promise<SearchResult & { readonly start: NoiseStart }> {
  const start = await startNear((asked) => game.makeSamples(asked), game.plan, request);
  const found = await game.searchSamples({
    ...request,
    numbers: [start.number],
    given: { [request.at]: start.z },
    smooth: 0,
    ...(!isAnyLength && { within: start.longest }),
  });
  return { ...found, start };
}

/**
 * The nearest of some samples, so that the way is short, or what an encoder of the game makes of the target where that
 * is nearer.
 */
export async function startNear(
  make: (request: SampleRequest) => Promise<Sampled>,
  plan: Plan,
  { of, at, target, weights }: Pick<NoiseRequest, 'of' | 'at' | 'target' | 'weights'>,
): Promise<NoiseStart> {
  const asked = { of, ...(weights && { weights }) };
  const { samples, read } = await make({ ...asked, numbers: PROBED });
  const { index, distance } = nearestRows(target, samples.data, target.length);
  const number = Math.max(0, index[0] ?? 0);
  const noises = range(samples.dims[0] as number).map((row) => madeFrom(read, at, row).z);
  const perNumber = Math.sqrt(target.length);
  const start: NoiseStart = {
    number,
    ...madeFrom(read, at, number),
    by: 'sample',
    distance: (distance[0] as number) / perNumber,
    longest: longestOf(noises),
  };
  const encoder = encoderOf(plan, at, defined(read[at], at).dims.slice(1), samples.dims.slice(1));
  if (!encoder) return start;
  const encoded = await make({
    ...asked,
    of: encoder.of,
    numbers: [number],
    given: { [encoder.reads]: target },
  });
  const z = encoded.samples.data;
  const made = await make({ ...asked, numbers: [number], given: { [at]: z } });
  const reached = nearestRows(target, made.samples.data, target.length).distance[0] as number;
  return reached / perNumber < start.distance
    ? { ...start, z, by: 'encoder', distance: reached / perNumber }
    : start;
}

/**
 * A call that makes of an example what a generator is fed: its output, and the output that it reads, of data before one
 * of fakes.
 */
function encoderOf(
  plan: Plan,
  at: string,
  noise: readonly number[],
  sample: readonly number[],
): { readonly of: Ref; readonly reads: string } | undefined {
  const data = dataLike(plan, sample);
  const real = data && refKey({ node: data.id, port: 'x' });
  const hasDims = (dims: readonly number[] | undefined, wanted: readonly number[]) =>
    dims !== undefined && sameDims(dims, wanted);
  const isExample = ({ node, port }: Ref) =>
    hasDims(plan.game.find(({ id }) => id === node)?.outputShapes[port]?.dims, sample);
  const found = plan.game
    .filter(({ kind }) => definitionOf(kind).role === 'call')
    .flatMap(({ id, inputs, outputShapes }) => {
      const port = Object.keys(outputShapes).find((name) => hasDims(outputShapes[name]?.dims, noise));
      if (port === undefined) return [];
      const examples = Object.values(inputs).flat().filter(isExample).map(refKey);
      return examples.filter((key) => key !== at).map((reads) => ({ of: { node: id, port }, reads }));
    });
  return found.find(({ reads }) => reads === real) ?? found[0];
}
