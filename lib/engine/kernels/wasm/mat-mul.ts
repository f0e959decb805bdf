import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import {
  alias,
  type Call,
  dropAlias,
  floats,
  free,
  type Replacement,
  reshaped,
  transpose,
  type Wasm,
} from './compose';

/**
 * out[…, m, n] = Σ_k a[…, m, k] b[…, k, n]. The stock kernel is fast (XNNPACK) for one matrix, not transposed,
 * and a scalar loop otherwise: so transposed operands are transposed first, a batch that shares one `b` is one
 * tall matrix, and other batches go matrix by matrix.
 */
export const batchMatMul: Replacement = {
  kernel: 'BatchMatMul',
  why: 'transposed operands and batches run a scalar loop: A·Bᵀ at 1024³ 613 ms, against 74 ms for A·B',
  run,
};

function run({ wasm, inputs, attrs, stock }: Call): TensorInfo {
  const a = inputs.a as TensorInfo;
  const b = inputs.b as TensorInfo;
  const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const batchA = util.sizeFromShape(a.shape.slice(0, -2));
  const batchB = util.sizeFromShape(b.shape.slice(0, -2));
  const batch = Math.max(batchA, batchB);
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || util.sizeFromShape(outer) !== batch) {
    return stock({ a, b }, attrs);
  }

  const left = upright(wasm, a, attrs.transposeA === true); // [batchA, m, k]
  const right = upright(wasm, b, attrs.transposeB === true); // [batchB, k, n]
  const [, m = 0, k = 0] = left.matrix.shape;
  const n = right.matrix.shape[2] as number;
  const multiply = (x: TensorInfo, y: TensorInfo): TensorInfo =>
    stock({ a: x, b: y }, { transposeA: false, transposeB: false });

  let out: TensorInfo;
  if (batchB === 1 && (right.made || isPackedAs(right.matrix))) {
    out = multiply(reshaped(left.matrix, [1, batch * m, k]), right.matrix);
  } else if (batchB === 1) {
    const y = alias(wasm, right.matrix, [1, k, n]);
    out = multiply(reshaped(left.matrix, [1, batch * m, k]), y);
    dropAlias(wasm, y);
  } else {
    out = wasm.makeOutput([batch, m, n], 'float32');
    for (let i = 0; i < batch; i++) {
      const x = alias(wasm, left.matrix, [1, m, k], batchA === 1 ? 0 : i * m * k);
      const y = alias(wasm, right.matrix, [1, k, n], i * k * n);
      const product = multiply(x, y);
      floats(wasm, out).set(floats(wasm, product), i * m * n);
      free(wasm, product);
      dropAlias(wasm, x);
      dropAlias(wasm, y);
    }
  }
  if (left.made) free(wasm, left.matrix);
  if (right.made) free(wasm, right.matrix);
  return { ...out, shape: [...outer, m, n] };
}

/** As [batch, rows, columns], not transposed. */
function upright(wasm: Wasm, x: TensorInfo, transposed: boolean): { matrix: TensorInfo; made: boolean } {
  const rows = x.shape[x.shape.length - 2] as number;
  const columns = x.shape[x.shape.length - 1] as number;
  const batch = util.sizeFromShape(x.shape.slice(0, -2));
  if (!transposed) return { matrix: reshaped(x, [batch, rows, columns]), made: false };
  if (rows === 1 || columns === 1) return { matrix: reshaped(x, [batch, columns, rows]), made: false };
  return { matrix: transpose(wasm, reshaped(x, [batch, rows, columns]), [0, 2, 1]), made: true };
}

/** Whether its first product, by which XNNPACK packed it, was in the shape that it has now. */
function isPackedAs(b: TensorInfo): boolean {
  const shape = b.shape.join();
  const first = packedAs.get(b.dataId);
  if (first === undefined) packedAs.set(b.dataId, shape);
  return first === undefined || first === shape;
}

const packedAs = new WeakMap<object, string>();
