import type { Tensor, Tf } from '../define';
import { type Case, evaluate, tensorsOf } from './cases';
import { fill, gradientOf, headOf, isVaried, slopeOf } from './gradient-check';

type Numbers = ArrayLike<number>;

/**
 * What a case computes on the backend that `tf` is set to: its outputs, and the gradients of F and of H (see
 * gradient-check.ts) by everything that is varied. Two backends, or tfjs and PyTorch, are compared by them.
 */
export interface Derivatives {
  readonly outputs: readonly Numbers[];
  readonly first: readonly Numbers[];
  readonly second: readonly Numbers[];
}

export function derivativesOf(tf: Tf, of: Case): Derivatives {
  const { differentiable } = of.definition;
  const read = (tensors: readonly Tensor[]) => tensors.map((tensor) => Float32Array.from(tensor.dataSync()));
  return tf.tidy(() => {
    const at = tensorsOf(tf, of);
    const varied = at.filter((_, i) => isVaried(of)[i]);
    const head = (tensors: readonly Tensor[]) => headOf(tf, of, fill(of, at, tensors));
    const slope = (tensors: readonly Tensor[]) => slopeOf(tf, of, at, tensors);
    return {
      outputs: read(evaluate(tf, of, at)),
      first: differentiable >= 1 ? read(gradientOf(tf, head, varied)) : [],
      second: differentiable >= 2 ? read(gradientOf(tf, slope, varied)) : [],
    };
  });
}

/** The largest difference in each list, as a share of the largest number that is expected in it. */
export const errorsOf = (got: Derivatives, expected: Partial<Derivatives>): [what: string, error: number][] =>
  (['outputs', 'first', 'second'] as const).flatMap((what) => {
    const [found, wanted] = [got[what], expected[what] ?? []];
    return Array.from({ length: Math.max(found.length, wanted.length) }, (_, i): [string, number] => [
      `${what} ${i + 1}`,
      errorOf(found[i], wanted[i]),
    ]);
  });

function errorOf(got: Numbers = [], expected: Numbers = []): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  const wanted = Array.from(expected);
  const scale = Math.max(1e-3, ...wanted.map(Math.abs));
  const errors = wanted.map((value, i) => Math.abs((got[i] as number) - value) / scale);
  return errors.every(Number.isFinite) ? Math.max(0, ...errors) : Number.POSITIVE_INFINITY;
}
