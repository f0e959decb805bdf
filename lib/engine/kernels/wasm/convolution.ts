import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Convolution } from '@/lib/nodes/layers/convolve';
import { simdOf } from '../../simd/instance';
import { type Call, floats, free, output, pointer, type Replacement, withScratch } from './heap';

/** Convolution and its two gradients as products over patches; channels last, any strides, no dilation. */
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

/** The same along three axes, or by groups of channels; each channel by itself without products of matrices. */
export const convolve: Replacement = {
  kernel: 'GanvasConvolve',
  why: 'a convolution for each slice or group, and as many cuts and joins',
  run: (call) => {
    const { backend: wasm, inputs, attrs } = call;
    const [x, filter] = [inputs.x as TensorInfo, inputs.filter as TensorInfo];
    const sizes = attrs as unknown as Convolution;
    const y = output(wasm, [x.shape[0] as number, ...sizes.output]);
    const { convolve: many, convolveDepthwise: one } = simdOf(wasm);
    runBySizes(call, sizes, [x, filter, y], { many, one });
    return y;
  },
};

export const convolveFilterGradient: Replacement = {
  kernel: 'GanvasConvolveFilterGradient',
  why: convolve.why,
  run: (call) => {
    const { backend: wasm, inputs, attrs } = call;
    const [x, dy] = [inputs.x as TensorInfo, inputs.dy as TensorInfo];
    const sizes = attrs as unknown as Convolution;
    const { input, window, groups } = sizes;
    const gradient = output(wasm, [...window, input[3] / groups, sizes.output[3]]);
    const { convolveFilterGradient: many, convolveDepthwiseFilterGradient: one } = simdOf(wasm);
    runBySizes(call, sizes, [x, dy, gradient], { many, one });
    return gradient;
  },
};

export const convolveInputGradient: Replacement = {
  kernel: 'GanvasConvolveInputGradient',
  why: convolve.why,
  run: (call) => {
    const { backend: wasm, inputs, attrs } = call;
    const [dy, filter] = [inputs.dy as TensorInfo, inputs.filter as TensorInfo];
    const sizes = attrs as unknown as Convolution;
    const dx = output(wasm, [dy.shape[0] as number, ...sizes.input]);
    const { convolveInputGradient: many, convolveDepthwiseInputGradient: one } = simdOf(wasm);
    runBySizes(call, sizes, [dy, filter, dx], { many, one });
    return dx;
  },
};

/** Runs the function for a filter of each channel's own where the convolution is one, else the one for `many` channels. */
function runBySizes(
  call: Call,
  sizes: Convolution,
  [a, b, to]: readonly [TensorInfo, TensorInfo, TensorInfo],
  functions: {
    many(a: number, b: number, to: number, geometry: number, scratch: number): void;
    one(a: number, b: number, to: number, geometry: number): void;
  },
): void {
  const at = (tensor: TensorInfo) => pointer(call.backend, tensor);
  withSizes(call, numbersOf(a.shape[0] as number, sizes), (geometry, scratch) =>
    isDepthwise(sizes)
      ? functions.one(at(a), at(b), at(to), geometry)
      : functions.many(at(a), at(b), at(to), geometry, scratch),
  );
}

const isDepthwise = ({ input, window, output: { 3: filters }, groups }: Convolution): boolean =>
  groups === input[3] && groups === filters && window[0] === 1 && input[0] === 1;

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

const withGeometry = (call: Call, info: Info, use: (geometry: number, scratch: number) => void): void =>
  withSizes(
    call,
    numbersOf(info.batchSize, {
      input: [1, info.inHeight, info.inWidth, info.inChannels],
      window: [1, info.filterHeight, info.filterWidth],
      strides: [1, info.strideHeight, info.strideWidth],
      before: [0, info.padInfo.top, info.padInfo.left],
      output: [1, info.outHeight, info.outWidth, info.outChannels],
      groups: 1,
    }),
    use,
  );

/** As the SIMD functions read it (convolution.ts, Geometry). */
const numbersOf = (rows: number, sizes: Convolution): readonly number[] => [
  rows,
  ...sizes.input,
  ...sizes.window,
  ...sizes.strides,
  ...sizes.before,
  ...sizes.output,
  sizes.groups,
];

/** Lends the geometry, and scratch for it. */
function withSizes(
  { backend: wasm }: Call,
  sizes: readonly number[],
  use: (geometry: number, scratch: number) => void,
): void {
  const geometry = output(wasm, [sizes.length]);
  const view = floats(wasm, geometry);
  new Int32Array(view.buffer, view.byteOffset, sizes.length).set(sizes);
  const at = pointer(wasm, geometry);
  withScratch(wasm, simdOf(wasm).convolutionScratch(at), (scratch) => use(at, scratch));
  free(wasm, geometry);
}
