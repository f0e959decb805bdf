// First, for its setting of zod: the page's policy forbids eval.
import '@/lib/graph/schema';
import { startBackend } from '@/lib/engine/backend';
import type { BackendName } from '@/lib/engine/backend-name';
import { derivativeFailures } from '@/lib/engine/testing/derivative-failures';
import { registry } from '@/lib/nodes/registry';
import { casesOf, computes } from '@/lib/nodes/testing/cases';
import { checkGradients, TOLERANCE } from '@/lib/nodes/testing/gradient-check';

/** First and second order of every corrected kernel and every kind, on one of the browser's backends. */
export interface GradientReport {
  readonly backend: string;
  /** Corrected kernels whose gradient is wrong here. */
  readonly kernels: readonly string[];
  /** Kinds whose gradient is wrong here. */
  readonly kinds: readonly string[];
  readonly checked: number;
  readonly worst: number;
}

/** The corrected kernels, or every n-th kind from one on. */
export type Part = 'kernels' | { readonly from: number; readonly every: number };

declare global {
  interface Window {
    checkAllGradients(backend: BackendName, part: Part): Promise<GradientReport>;
  }
}

window.checkAllGradients = async (backend, part) => {
  const { tf } = await startBackend(backend, {
    assets: new URL(process.env.GANVAS_WASM ?? '', window.location.href).href,
  });
  const kernels = part === 'kernels' ? derivativeFailures(tf) : [];
  const kinds = part === 'kernels' ? [] : registry.filter((_, index) => index % part.every === part.from);
  const results = kinds.flatMap((definition) =>
    computes(definition) ? casesOf(definition).flatMap((of) => checkGradients(tf, of)) : [],
  );
  return {
    backend: tf.getBackend(),
    kernels,
    kinds: results
      .filter(({ error }) => !(error <= TOLERANCE))
      .map(({ id, order, of, error }) => `${id}, ${of}, order ${order}: ${error}`),
    checked: results.length,
    worst: Math.max(0, ...results.map(({ error }) => error)),
  };
};
