import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type * as kernels from '../replacement';

/**
 * The heap of the WASM backend, on which our SIMD functions work. A kernel owns what it makes until it returns
 * it; everything else it frees.
 */
type Wasm = BackendWasm;
export type Call = kernels.Call<Wasm>;
export type Replacement = kernels.Replacement<Wasm>;

export function free(wasm: Wasm, ...infos: readonly TensorInfo[]): void {
  for (const info of infos) wasm.disposeData(info.dataId);
}

/** Another owner of the same numbers; freed like any other result. */
export function shared(wasm: Wasm, x: TensorInfo): TensorInfo {
  wasm.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/** Uninitialised numbers. */
export const output = (wasm: Wasm, shape: number[]): TensorInfo => wasm.makeOutput(shape, 'float32');

/** Where a tensor's numbers start in the heap: stays, whatever is allocated. */
export const pointer = (wasm: Wasm, x: TensorInfo): number => wasm.getMemoryOffset(x.dataId);

/** The heap's floats of a tensor. Any allocation may move the heap: take it after the last one. */
export const floats = (wasm: Wasm, x: TensorInfo): Float32Array => wasm.typedArrayFromHeap(x) as Float32Array;

/** Lends `bytes` of the heap, uninitialised. */
export function withScratch(wasm: Wasm, bytes: number, use: (scratch: number) => void): void {
  const scratch = output(wasm, [Math.ceil(bytes / 4)]);
  use(pointer(wasm, scratch));
  free(wasm, scratch);
}

/** Lends a copy of a row, padded to a multiple of 8 with zeros. */
export function withPadded(wasm: Wasm, row: TensorInfo, use: (padded: number) => void): void {
  const length = row.shape.reduce((product, dim) => product * dim, 1);
  const padded = output(wasm, [Math.ceil(length / 8) * 8]);
  floats(wasm, padded).fill(0).set(floats(wasm, row));
  use(pointer(wasm, padded));
  free(wasm, padded);
}
