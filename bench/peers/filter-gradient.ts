import * as tf from '@tensorflow/tfjs';

/**
 * tfjs 4.22 has no Conv2DBackpropFilter on WASM, so that training a convolution throws. What a user can do about
 * it: the cpu backend's loop, over typed arrays. (To call the cpu backend's own kernel, which reads each number
 * through an accessor, makes an iteration of dcgan-glyphs take 15 s and more.)
 */
export function addFilterGradient(): void {
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend }) {
      const wasm = backend as WasmBackend;
      const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
      const { strides, pad, filterShape } = attrs as unknown as ConvolutionAttrs;
      const info = tf.backend_util.computeConv2DInfo(
        x.shape as [number, number, number, number],
        filterShape,
        strides,
        1,
        pad,
      );
      const result = wasm.makeOutput(filterShape, 'float32');
      const dw = new Float32Array(filterShape.reduce((product, dim) => product * dim, 1));
      accumulate(info, wasm.readSync(x.dataId), wasm.readSync(dy.dataId), dw);
      wasm.typedArrayFromHeap(result).set(dw);
      return result;
    },
  });
}

/** dw[r, c, i, o] = Σ over batch and places of x[b, y·s + r - top, z·s + c - left, i] · dy[b, y, z, o] */
function accumulate(info: ConvolutionInfo, x: Float32Array, dy: Float32Array, dw: Float32Array): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  for (let b = 0; b < batchSize; b++)
    for (let r = 0; r < filterHeight; r++)
      for (let c = 0; c < filterWidth; c++)
        for (let y = 0; y < outHeight; y++) {
          const row = y * strideHeight + r - padInfo.top;
          if (row < 0 || row >= inHeight) continue;
          for (let z = 0; z < outWidth; z++) {
            const column = z * strideWidth + c - padInfo.left;
            if (column < 0 || column >= inWidth) continue;
            const xAt = ((b * inHeight + row) * inWidth + column) * inChannels;
            const dyAt = ((b * outHeight + y) * outWidth + z) * outChannels;
            const dwAt = (r * filterWidth + c) * inChannels * outChannels;
            for (let i = 0; i < inChannels; i++) {
              const value = x[xAt + i] as number;
              const at = dwAt + i * outChannels;
              for (let o = 0; o < outChannels; o++)
                dw[at + o] = (dw[at + o] as number) + value * (dy[dyAt + o] as number);
            }
          }
        }
}

type ConvolutionInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

interface ConvolutionAttrs {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number;
  filterShape: [number, number, number, number];
}

interface WasmBackend {
  readSync(dataId: tf.DataId): Float32Array;
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}
