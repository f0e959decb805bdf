import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import { createStream } from '@/lib/util/random';
import type { BackendName } from '../backend-name';
import type { Tf } from '../core';

/**
 * Runs one kernel on one backend with numbers drawn from a seed, so that two backends can be compared in the
 * same process, in Node or in a page. Both backends must have been started.
 */
export interface Spec {
  readonly kernel: string;
  readonly inputs: { readonly [name: string]: readonly number[] };
  readonly attrs: { readonly [name: string]: unknown };
  readonly seed: number;
}

export interface Values {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export async function valuesOn(tf: Tf, backend: BackendName, spec: Spec): Promise<Values> {
  await tf.setBackend(backend);
  const inputs = Object.fromEntries(
    Object.entries(spec.inputs).map(([name, shape]) => [name, normals(tf, shape, spec.seed, name)]),
  );
  const out = tf.engine().runKernel<Tensor>(spec.kernel, inputs, spec.attrs as unknown as NamedAttrMap);
  const values = Float32Array.from(await out.data());
  tf.dispose([inputs, out]);
  return { shape: out.shape, values };
}

export function normals(tf: Tf, shape: readonly number[], ...key: readonly (string | number)[]): Tensor {
  const stream = createStream(...key);
  const size = shape.reduce((product, dim) => product * dim, 1);
  return tf.tensor(Float32Array.from({ length: size }, stream.normal), [...shape]);
}

/** Largest difference, relative to the largest number among `expected` (or to 1, if that is larger). */
export function differenceOf(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  let scale = 1;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const want = expected[i] as number;
    scale = Math.max(scale, Math.abs(want));
    const difference = Math.abs((got[i] as number) - want);
    worst = Math.max(worst, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return worst / scale;
}
