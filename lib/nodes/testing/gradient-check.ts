import type { Scalar } from '@tensorflow/tfjs-core';
import { createStream } from '@/lib/util/random';
import type { Tensor, Tf } from '../define';
import { type Case, evaluate, mixing, tensorsOf } from './cases';

/**
 * Gradients against differences, on whatever backend `tf` is set to. Everything is looked at through one
 * number, F = Σ r (y + y²/2) over all outputs y with fixed r: even a linear kind then has a second order.
 *
 * First order: dF against D(ε) = (F(x + εd) - F(x - εd)) / 2ε, by Richardson (4 D(ε/2) - D(ε)) / 3. Second: the
 * gradient of H = Σ v · dF for fixed v against the same difference of H, where dF is the verified first order.
 */
export interface GradientResult {
  readonly id: string;
  readonly order: 1 | 2;
  /** Which input or weight. */
  readonly of: string;
  /** Directions tried. */
  readonly tried: number;
  /** The largest error, as a share of the gradient's size. */
  readonly error: number;
}

/** Errors above it are wrong gradients, not rounding. */
export const TOLERANCE = 1e-2;

const EPSILON = 1e-2;
const DIRECTIONS = 8;

/** Weights and inputs; buffers, what a loss takes as constant and what it evaluates anew are read only. */
export function isVaried({ feeds, definition, params }: Case): readonly boolean[] {
  const ports = definition.inputs(params, { network: () => undefined });
  const constants = ports.filter(({ constant }) => constant).map(({ name }) => name);
  if (definition.role === 'loss' && definition.slope) constants.push(definition.slope.of);
  return feeds.map(({ role, name }) => role !== 'buffer' && !(role === 'input' && constants.includes(name)));
}

export function checkGradients(tf: Tf, of: Case): GradientResult[] {
  const results: GradientResult[] = [];
  tf.tidy(() => {
    const at = tensorsOf(tf, of);
    for (const order of [1, 2] as const)
      if (order <= of.definition.differentiable) results.push(...checkOrder(tf, of, order, at));
  });
  return results;
}

function checkOrder(tf: Tf, of: Case, order: 1 | 2, at: readonly Tensor[]): GradientResult[] {
  const varied = at.filter((_, i) => isVaried(of)[i]);
  const f = (tensors: readonly Tensor[]) =>
    order === 1 ? headOf(tf, of, fill(of, at, tensors)) : slopeOf(tf, of, at, tensors);
  const gradients = gradientOf(tf, f, varied);
  return varied.map((tensor, i) => {
    const gradient = gradients[i]?.dataSync() ?? new Float32Array();
    const name = of.feeds.filter((_, k) => isVaried(of)[k])[i]?.name ?? '';
    const directions = directionsFor(tensor.size, `${of.id} ${order} ${name}`);
    const moved = (direction: Float32Array, step: number) =>
      tf.tidy(() => {
        const shift = tf.tensor(direction, tensor.shape).mul(step);
        return f(varied.with(i, tf.add(tensor, shift))).dataSync()[0] as number;
      });
    const difference = (direction: Float32Array, step: number) =>
      (moved(direction, step) - moved(direction, -step)) / (2 * step);
    let error = gradient.every(Number.isFinite) ? 0 : Number.POSITIVE_INFINITY;
    for (const direction of directions) {
      const [wide, narrow] = [difference(direction, EPSILON), difference(direction, EPSILON / 2)];
      const expected = (4 * narrow - wide) / 3;
      const slope = direction.reduce((sum, value, k) => sum + value * (gradient[k] as number), 0);
      error = Math.max(error, Math.abs(expected - slope) / sizeAlong(gradient, direction));
    }
    return { id: of.id, order, of: name, tried: directions.length, error };
  });
}

/** Varied tensors in the places of all feeds. */
export function fill(of: Case, at: readonly Tensor[], varied: readonly Tensor[]): Tensor[] {
  let next = 0;
  return at.map((tensor, i) => (isVaried(of)[i] ? (varied[next++] as Tensor) : tensor));
}

/** F = Σ r (y + y²/2) */
export function headOf(tf: Tf, of: Case, tensors: readonly Tensor[]): Scalar {
  const terms = evaluate(tf, of, tensors).map((y, i) => {
    const r = tf.tensor(mixing(y.size, of.id, 'head', of.outputs[i] ?? ''), y.shape);
    return tf.sum(tf.mul(r, tf.add(y, tf.mul(tf.square(y), 0.5))));
  });
  return tf.addN(terms) as Scalar;
}

/** H = Σ v · dF */
export function slopeOf(tf: Tf, of: Case, at: readonly Tensor[], varied: readonly Tensor[]): Scalar {
  const first = gradientOf(tf, (tensors) => headOf(tf, of, fill(of, at, tensors)), varied);
  return tf.addN(
    first.map((gradient, i) => {
      const v = tf.tensor(mixing(gradient.size, of.id, 'slope', String(i)), gradient.shape);
      return tf.sum(tf.mul(v, gradient));
    }),
  ) as Scalar;
}

export const gradientOf = (
  tf: Tf,
  f: (tensors: readonly Tensor[]) => Scalar,
  at: readonly Tensor[],
): Tensor[] => tf.grads((...tensors: Tensor[]) => f(tensors))([...at]);

/** Every axis of a small tensor; of a larger one some axes, and some signs all over. */
function directionsFor(size: number, key: string): Float32Array[] {
  const axis = (k: number) => Float32Array.from({ length: size }, (_, i) => (i === k ? 1 : 0));
  if (size <= DIRECTIONS) return Array.from({ length: size }, (_, k) => axis(k));
  const stream = createStream('directions', key);
  return Array.from({ length: DIRECTIONS }, (_, k) =>
    k % 2 === 0
      ? axis(stream.integer(size))
      : Float32Array.from({ length: size }, () => (stream.uniform() < 0.5 ? -1 : 1)),
  );
}

/** What a slope along this direction is measured against: the largest part, or the length, of the gradient. */
function sizeAlong(gradient: ArrayLike<number>, direction: Float32Array): number {
  const parts = Array.from(gradient, Math.abs);
  const single = direction.filter((value) => value !== 0).length === 1;
  return Math.max(1e-4, single ? Math.max(...parts) : Math.hypot(...parts));
}
