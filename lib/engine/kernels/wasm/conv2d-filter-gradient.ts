import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Call, free, type Replacement, runKernel, transpose } from './compose';
import { convolutionInfo, isNarrow, narrowFilterGradient } from './patches';

/**
 * dW[ky, kx, ci, co] = Σ_{n, y, x} X[n, y·s + ky − p, x·s + kx − p, ci] · dY[n, y, x, co]
 *
 * is a convolution of X, with its batch as channels and its channels as batch, by dY as the filter, with the
 * stride as dilation: [ci, H, W, n] ⋆ [oh, ow, n, co] → [ci, kh, kw, co].
 */
export const conv2dFilterGradient: Replacement = {
  kernel: 'Conv2DBackpropFilter',
  why: 'tfjs has no WASM kernel: no convolution trains',
  run,
};

function run({ wasm, inputs, attrs }: Call): TensorInfo {
  const x = inputs.x as TensorInfo;
  const dy = inputs.dy as TensorInfo;
  const info = convolutionInfo(x.shape, attrs.filterShape as number[], attrs);
  if (info.dataFormat !== 'channelsLast') throw new Error('WASM trains convolutions in the format NHWC only');
  if (isNarrow(info)) return narrowFilterGradient(wasm, x, dy, info);
  const { filterHeight: kh, filterWidth: kw, strideHeight: sy, strideWidth: sx, padInfo } = info;

  // How far a filter as large as dY reaches below and to the right of X; beyond X it is padding, short of it
  // rows that no window reached, which give surplus rows of output.
  const spare = (size: number, out: number, k: number, stride: number, before: number) =>
    k - 1 + (out - 1) * stride + 1 - size - before;
  const bottom = Math.max(0, spare(info.inHeight, info.outHeight, kh, sy, padInfo.top));
  const right = Math.max(0, spare(info.inWidth, info.outWidth, kw, sx, padInfo.left));

  const image = transpose(wasm, x, [3, 1, 2, 0]); // [ci, H, W, n]
  const filter = transpose(wasm, dy, [1, 2, 0, 3]); // [oh, ow, n, co]
  const product = runKernel(
    wasm,
    'Conv2D',
    { x: image, filter },
    {
      strides: [1, 1],
      dilations: [sy, sx],
      pad: [
        [0, 0],
        [padInfo.top, bottom],
        [padInfo.left, right],
        [0, 0],
      ],
      dataFormat: 'NHWC',
    },
  ); // [ci, kh or more, kw or more, co]
  free(wasm, image, filter);
  const surplus = product.shape[1] !== kh || product.shape[2] !== kw;
  const cut = surplus
    ? runKernel(
        wasm,
        'Slice',
        { x: product },
        { begin: [0, 0, 0, 0], size: [info.inChannels, kh, kw, info.outChannels] },
      )
    : product;
  const gradient = transpose(wasm, cut, [1, 2, 0, 3]); // [kh, kw, ci, co]
  free(wasm, product);
  if (surplus) free(wasm, cut);
  return gradient;
}
