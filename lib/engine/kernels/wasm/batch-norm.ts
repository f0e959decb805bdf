import type { TensorInfo } from '@tensorflow/tfjs-core';
import { simdOf } from '../../simd/instance';
import { output, pointer, type Replacement, withScratch } from './heap';

/** [y, mean, variance] of x [..., C] normalised by its own statistics over all axes but the last. */
export const batchNormalise: Replacement = {
  kernel: 'GanvasBatchNormalise',
  why: 'one kernel, three readings of x, in place of ten',
  run: ({ backend: wasm, inputs, attrs }) => {
    const { x, gamma, beta } = inputs as Record<string, TensorInfo>;
    const { shape, rows, columns } = sizes(x as TensorInfo);
    const [y, mean, variance] = [output(wasm, shape), output(wasm, [columns]), output(wasm, [columns])];
    const at = (info: TensorInfo | undefined) => pointer(wasm, info as TensorInfo);
    const epsilon = attrs.epsilon as number;
    withScratch(wasm, columns * 4, (spare) =>
      simdOf(wasm).batchNormalise(
        at(x),
        at(gamma),
        at(beta),
        epsilon,
        rows,
        columns,
        at(y),
        at(mean),
        at(variance),
        spare,
      ),
    );
    return [y, mean, variance];
  },
};

/** [dx, dγ, dβ] */
export const batchNormaliseGradient: Replacement = {
  kernel: 'GanvasBatchNormaliseGradient',
  why: 'one kernel, four readings, in place of some twenty',
  run: ({ backend: wasm, inputs, attrs }) => {
    const { x, dy, gamma, mean, variance } = inputs as Record<string, TensorInfo>;
    const { shape, rows, columns } = sizes(x as TensorInfo);
    const [dx, dGamma, dBeta] = [output(wasm, shape), output(wasm, [columns]), output(wasm, [columns])];
    const at = (info: TensorInfo | undefined) => pointer(wasm, info as TensorInfo);
    const epsilon = attrs.epsilon as number;
    withScratch(wasm, 3 * columns * 4, (spare) =>
      simdOf(wasm).batchNormaliseGradient(
        at(x),
        at(dy),
        at(gamma),
        at(mean),
        at(variance),
        epsilon,
        rows,
        columns,
        at(dx),
        at(dGamma),
        at(dBeta),
        spare,
      ),
    );
    return [dx, dGamma, dBeta];
  },
};

function sizes({ shape }: TensorInfo) {
  const columns = shape[shape.length - 1] as number;
  return { shape, columns, rows: shape.reduce((product, dim) => product * dim, 1) / columns };
}
