import type { TensorInfo } from '@tensorflow/tfjs-core';
import { simdOf } from '../../simd/instance';
import { output, pointer, type Replacement, withScratch } from './heap';

/** softmax(q kᵀ) v of queries, keys and values side by side [n, places, 3 width]. */
export const attend: Replacement = {
  kernel: 'GanvasAttend',
  why: 'one kernel in place of two products and a softmax, an example after the other in the cache',
  run: ({ backend: wasm, inputs }) => {
    const joint = inputs.joint as TensorInfo;
    const { examples, places, width } = sizes(joint);
    const out = output(wasm, [examples, places, width]);
    withScratch(wasm, simdOf(wasm).attentionScratch(places, width), (scratch) =>
      simdOf(wasm).attend(pointer(wasm, joint), examples, places, width, pointer(wasm, out), scratch),
    );
    return out;
  },
};

/** By queries, keys and values. */
export const attendGradient: Replacement = {
  kernel: 'GanvasAttendGradient',
  why: 'one kernel in place of nine',
  run: ({ backend: wasm, inputs }) => {
    const { joint, dy } = inputs as Record<'joint' | 'dy', TensorInfo>;
    const { examples, places, width } = sizes(joint);
    const out = output(wasm, joint.shape);
    const [from, upstream, to] = [joint, dy, out].map((info) => pointer(wasm, info)) as [
      number,
      number,
      number,
    ];
    withScratch(wasm, simdOf(wasm).attentionScratch(places, width), (scratch) =>
      simdOf(wasm).attendGradient(from, upstream, examples, places, width, to, scratch),
    );
    return out;
  },
};

function sizes({ shape: [examples = 0, places = 0, joint = 0] }: TensorInfo) {
  return { examples, places, width: joint / 3 };
}
