import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Replacement, shared } from './heap';

/** The tape clones every tensor that a gradient will read: 150 copies in one DCGAN step. */
export const identity: Replacement = {
  kernel: 'Identity',
  why: 'copies its input, which is never written to; sharing it is enough',
  run: ({ backend: wasm, inputs, stock }) => {
    const x = inputs.x as TensorInfo;
    return x.dtype === 'string' ? stock({ x }) : shared(wasm, x);
  },
};

export const cast: Replacement = {
  kernel: 'Cast',
  why: 'copies where the type stays as it is',
  run: ({ backend: wasm, inputs, attrs, stock }) => {
    const x = inputs.x as TensorInfo;
    return x.dtype === attrs.dtype ? shared(wasm, x) : stock({ x }, attrs);
  },
};
