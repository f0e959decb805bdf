import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { floats, type Replacement } from './heap';

/** out[s, …] = Σ of the rows i with segmentIds[i] = s: the gradient of gather, so of every embedding. */
export const segmentSum: Replacement = {
  kernel: 'UnsortedSegmentSum',
  why: 'tfjs has no WASM kernel: gather has no gradient',
  isMissing: true,
  run: ({ backend: wasm, inputs, attrs }) => {
    const x = inputs.x as TensorInfo;
    const segmentIds = inputs.segmentIds as TensorInfo;
    const rest = x.shape.slice(segmentIds.shape.length);
    const width = util.sizeFromShape(rest);
    const segments = attrs.numSegments as number;
    const out = wasm.makeOutput([segments, ...rest], 'float32');
    const to = floats(wasm, out).fill(0);
    const from = floats(wasm, x);
    const ids = wasm.typedArrayFromHeap(segmentIds) as Int32Array;
    ids.forEach((segment, row) => {
      if (segment < 0 || segment >= segments) return;
      for (let i = 0; i < width; i++) {
        to[segment * width + i] = (to[segment * width + i] as number) + (from[row * width + i] as number);
      }
    });
    return out;
  },
};
