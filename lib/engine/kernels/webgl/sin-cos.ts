import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sinOrCos, why } from '../sin-cos';
import { pointwise, type Replacement } from './programs';

export const sin = replacement('Sin');
export const cos = replacement('Cos');

function replacement(kernel: 'Sin' | 'Cos'): Replacement {
  const code = sinOrCos(kernel, 'vec4');
  return {
    kernel,
    why,
    run: ({ backend, inputs: { x } }) => pointwise(backend, { x: x as TensorInfo }, {}, 'y', code),
  };
}
