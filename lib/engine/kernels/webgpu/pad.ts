import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Padding, padByAxis } from '../pad';
import type { Replacement } from '../replacement';

export const pad = along('PadV2');
export const mirrorPad = along('MirrorPad');

function along(kernel: string): Replacement<WebGPUBackend> {
  return {
    kernel,
    why: 'tfjs 4.22 reads four axes at most: volumes become zeros.',
    run({ backend, inputs, attrs, stock }) {
      const x = inputs.x as TensorInfo;
      if (x.shape.length <= 4) return stock({ x }, attrs);
      const owning = {
        reshape: ({ dataId, dtype }: TensorInfo, shape: number[]) => {
          backend.incRef(dataId);
          return { dataId, dtype, shape };
        },
        dispose: ({ dataId }: TensorInfo) => void backend.disposeData(dataId),
      };
      return padByAxis(x, attrs.paddings as Padding[], owning, (folded, padding) =>
        stock({ x: folded }, { ...attrs, paddings: [[0, 0], padding, [0, 0]] }),
      );
    },
  };
}
