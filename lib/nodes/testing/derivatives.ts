import type { Tensor, Tf } from '../define';
import { type Case, evaluate, tensorsOf } from './cases';
import { fill, gradientOf, headOf, isVaried, slopeOf } from './gradient-check';

type Numbers = ArrayLike<number>;

/**
 * What a case computes on the backend that `tf` is set to: its outputs, and the gradients of F and of H (see
 * gradient-check.ts) by everything that is varied. Two backends, or tfjs and PyTorch, are compared by them.
 */
export type Derivatives = Lists<Numbers>;

interface Lists<T> {
  readonly outputs: readonly T[];
  readonly first: readonly T[];
  readonly second: readonly T[];
}

export function derivativesOf(tf: Tf, of: Case): Derivatives {
  return tf.tidy(() => {
    const read = (tensors: readonly Tensor[]) =>
      tensors.map((tensor) => Float32Array.from(tensor.dataSync()));
    const { outputs, first, second } = computed(tf, of);
    return { outputs: read(outputs), first: read(first), second: read(second) };
  });
}

/** The same on a backend that is read only when it is done: WebGPU. */
export async function readDerivatives(tf: Tf, of: Case): Promise<Derivatives> {
  let { outputs, first, second }: Lists<Tensor> = { outputs: [], first: [], second: [] };
  const all = tf.tidy(() => {
    ({ outputs, first, second } = computed(tf, of));
    return [...outputs, ...first, ...second];
  });
  const read = (tensors: readonly Tensor[]) =>
    Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
  const derivatives = { outputs: await read(outputs), first: await read(first), second: await read(second) };
  tf.dispose(all);
  return derivatives;
}

function computed(tf: Tf, of: Case): Lists<Tensor> {
  const { differentiable } = of.definition;
  const at = tensorsOf(tf, of);
  const varied = at.filter((_, i) => isVaried(of)[i]);
  const head = (tensors: readonly Tensor[]) => headOf(tf, of, fill(of, at, tensors));
  const slope = (tensors: readonly Tensor[]) => slopeOf(tf, of, at, tensors);
  return {
    outputs: evaluate(tf, of, at),
    first: differentiable >= 1 ? gradientOf(tf, head, varied) : [],
    second: differentiable >= 2 ? gradientOf(tf, slope, varied) : [],
  };
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
