import type { TensorInfo } from '@tensorflow/tfjs-core';
import { simdOf } from '../../simd/instance';
import { output, pointer, type Replacement } from './heap';

/** [change, m, v] of one step of Adam over flat vectors. */
export const adam: Replacement = {
  kernel: 'GanvasAdamStep',
  why: 'one pass over gradient and moments in place of twelve kernels',
  run: ({ backend: wasm, inputs, attrs }) => {
    const gradient = inputs.gradient as TensorInfo;
    const length = gradient.shape[0] as number;
    const [change, m, v] = [output(wasm, [length]), output(wasm, [length]), output(wasm, [length])];
    const { beta1, beta2, rate, correction, epsilon } = attrs as Record<string, number>;
    simdOf(wasm).adam(
      pointer(wasm, gradient),
      pointer(wasm, inputs.m as TensorInfo),
      pointer(wasm, inputs.v as TensorInfo),
      length,
      beta1 as number,
      1 - (beta1 as number),
      beta2 as number,
      1 - (beta2 as number),
      rate as number,
      correction as number,
      epsilon as number,
      pointer(wasm, change),
      pointer(wasm, m),
      pointer(wasm, v),
    );
    return [change, m, v];
  },
};
