import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { simdOf } from '../../simd/instance';
import { type Call, output, pointer, type Replacement } from './heap';

/** Sums and means over the leading axes (bias gradients, batch statistics) are sums down columns. */
const why = 'transposes the tensor where the axes lead: 1.1 ms for [6272, 64], against 0.1 ms';

export const sum: Replacement = { kernel: 'Sum', why, run: (call) => reduce(call, () => 1) };
export const mean: Replacement = { kernel: 'Mean', why, run: (call) => reduce(call, (rows) => 1 / rows) };

function reduce({ backend: wasm, inputs, attrs, stock }: Call, weight: (rows: number) => number): TensorInfo {
  const x = inputs.x as TensorInfo;
  const axes = util.parseAxisParam(attrs.axis as number | number[], x.shape).sort((a, b) => a - b);
  const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((axis, i) => axis === i);
  if (!leading || x.dtype !== 'float32') return stock({ x }, attrs);

  const kept = x.shape.slice(axes.length);
  const rows = util.sizeFromShape(x.shape.slice(0, axes.length));
  const out = output(wasm, attrs.keepDims === true ? [...axes.map(() => 1), ...kept] : kept);
  simdOf(wasm).sumColumns(pointer(wasm, x), rows, util.sizeFromShape(kept), weight(rows), pointer(wasm, out));
  return out;
}
