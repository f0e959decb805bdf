import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { simdOf } from '../../simd/instance';
import { type Call, floats, free, output, pointer, type Replacement, withScratch } from './heap';

/** Convolution and its two gradients as products over patches; NHWC, any strides, no dilation. */
export const conv2d: Replacement = {
  kernel: 'Conv2D',
  why: 'a kernel smaller than its stride gives zeros; repacks its filter at every call',
  run: (call) => {
    const { backend: wasm, inputs, attrs, stock } = call;
    const x = inputs.x as TensorInfo;
    const filter = inputs.filter as TensorInfo;
    const info = infoOf(x.shape, filter.shape, attrs);
    if (!isPlain(info)) return stock({ x, filter }, attrs);
    const y = output(wasm, info.outShape);
    withGeometry(call, info, (geometry, scratch) =>
      simdOf(wasm).convolve(pointer(wasm, x), pointer(wasm, filter), pointer(wasm, y), geometry, scratch),
    );
    return y;
  },
};

export const conv2dFilterGradient: Replacement = {
  kernel: 'Conv2DBackpropFilter',
  why: 'tfjs has no WASM kernel: no convolution trains',
  isMissing: true,
  run: (call) => {
    const { backend: wasm, inputs, attrs } = call;
    const x = inputs.x as TensorInfo;
    const dy = inputs.dy as TensorInfo;
    const info = infoOf(x.shape, attrs.filterShape as number[], attrs);
    if (!isPlain(info)) throw new Error('WASM trains convolutions in the format NHWC only, without dilation');
    const gradient = output(wasm, [...info.filterShape]);
    withGeometry(call, info, (geometry, scratch) =>
      simdOf(wasm).convolveFilterGradient(
        pointer(wasm, x),
        pointer(wasm, dy),
        pointer(wasm, gradient),
        geometry,
        scratch,
      ),
    );
    return gradient;
  },
};

export const conv2dInputGradient: Replacement = {
  kernel: 'Conv2DBackpropInput',
  why: 'a scalar loop: 42 ms where the forward convolution takes 6',
  run: (call) => {
    const { backend: wasm, inputs, attrs, stock } = call;
    const dy = inputs.dy as TensorInfo;
    const filter = inputs.filter as TensorInfo;
    const info = infoOf(attrs.inputShape as number[], filter.shape, attrs);
    if (!isPlain(info)) return stock({ dy, filter }, attrs);
    const dx = output(wasm, [...info.inShape]);
    withGeometry(call, info, (geometry, scratch) =>
      simdOf(wasm).convolveInputGradient(
        pointer(wasm, dy),
        pointer(wasm, filter),
        pointer(wasm, dx),
        geometry,
        scratch,
      ),
    );
    return dx;
  },
};

type Info = backend_util.Conv2DInfo;
type Shape4 = [number, number, number, number];

/** The geometry as tfjs computes it from a kernel's attributes. */
const infoOf = (input: readonly number[], filter: readonly number[], attrs: Call['attrs']): Info =>
  backend_util.computeConv2DInfo(
    input as Shape4,
    filter as Shape4,
    attrs.strides as [number, number],
    (attrs.dilations as [number, number] | undefined) ?? 1,
    attrs.pad as 'same' | 'valid',
    attrs.dimRoundingMode as 'floor' | undefined,
    false,
    backend_util.convertConv2DDataFormat(attrs.dataFormat as 'NHWC'),
  );

const isPlain = (info: Info): boolean =>
  info.dataFormat === 'channelsLast' && info.dilationHeight === 1 && info.dilationWidth === 1;

/** Lends the geometry as the SIMD functions read it (convolution.ts, Geometry), and their scratch. */
function withGeometry(
  { backend: wasm }: Call,
  info: Info,
  use: (geometry: number, scratch: number) => void,
): void {
  const geometry = output(wasm, [13]);
  const view = floats(wasm, geometry);
  new Int32Array(view.buffer, view.byteOffset, 13).set([
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
    info.outHeight,
    info.outWidth,
    info.outChannels,
  ]);
  const at = pointer(wasm, geometry);
  withScratch(wasm, simdOf(wasm).convolutionScratch(at), (scratch) => use(at, scratch));
  free(wasm, geometry);
}
