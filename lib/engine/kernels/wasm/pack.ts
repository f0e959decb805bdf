import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { floats, output, type Replacement } from './heap';

/** Tensors of any shapes, in the order of their names 0, 1, 2 ..., end to end in one vector. */
export const pack: Replacement = {
  kernel: 'GanvasPack',
  why: 'one copy in place of a reshape per tensor and a concat',
  run: ({ backend: wasm, inputs }) => {
    const parts = Object.keys(inputs).map((name) => inputs[name] as TensorInfo);
    const out = output(wasm, [parts.reduce((sum, { shape }) => sum + util.sizeFromShape(shape), 0)]);
    const to = floats(wasm, out);
    let at = 0;
    for (const part of parts) {
      const from = floats(wasm, part);
      to.set(from, at);
      at += from.length;
    }
    return out;
  },
};

/** A vector cut into tensors of the given shapes. */
export const unpack: Replacement = {
  kernel: 'GanvasUnpack',
  why: 'one copy in place of a split and a reshape per tensor',
  run: ({ backend: wasm, inputs, attrs }) => {
    const outs = (attrs.shapes as unknown as number[][]).map((shape) => output(wasm, shape));
    const from = floats(wasm, inputs.flat as TensorInfo);
    let at = 0;
    for (const out of outs) {
      const to = floats(wasm, out);
      to.set(from.subarray(at, at + to.length));
      at += to.length;
    }
    return outs;
  },
};
