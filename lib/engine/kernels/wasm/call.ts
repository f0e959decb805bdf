import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { type Simd, simdOf } from '../../simd/instance';

/**
 * What a kernel of ours is made of: our SIMD functions over the heap, views into it, other kernels of the
 * backend. A kernel owns what it makes until it returns it; everything else it frees.
 */
export type Wasm = BackendWasm;

/** A kernel in our hands: the stock one, if there is any, and its inputs. */
export interface Call {
  readonly wasm: Wasm;
  readonly simd: Simd;
  readonly inputs: NamedTensorInfoMap;
  readonly attrs: NamedAttrMap;
  /** Runs the kernel that tfjs registered under this name. */
  readonly stock: (inputs: NamedTensorInfoMap, attrs?: NamedAttrMap) => TensorInfo;
}

export interface Replacement {
  readonly kernel: string;
  /** What is wrong with the stock kernel, with a figure where there is one; or what this one is for. */
  readonly why: string;
  /** tfjs has none and cannot train without: it stays where optimisations are off. */
  readonly isMissing?: true;
  readonly run: (call: Call) => TensorInfo | TensorInfo[];
}

/** Runs another kernel of the backend, outside the tape. The caller frees the result. */
export function runKernel(
  wasm: Wasm,
  kernel: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap = {},
): TensorInfo {
  return getKernel(kernel, 'wasm').kernelFunc({ inputs, attrs, backend: wasm }) as TensorInfo;
}

export function free(wasm: Wasm, ...infos: readonly TensorInfo[]): void {
  for (const info of infos) wasm.disposeData(info.dataId);
}

/** The same numbers under another shape; shares memory with `x` and must not be freed. */
export const reshaped = (x: TensorInfo, shape: number[]): TensorInfo => ({ ...x, shape });

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

/** `replacement` as tfjs registers it in place of `stock`. */
export function asKernelConfig(replacement: Replacement, stock: KernelConfig | undefined): KernelConfig {
  const config: KernelConfig = {
    kernelName: replacement.kernel,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as Wasm;
      return replacement.run({
        wasm,
        simd: simdOf(wasm),
        inputs,
        attrs: attrs ?? {},
        stock: (stockInputs, stockAttrs) => {
          if (!stock) throw new Error(`tfjs has no WASM kernel ${replacement.kernel}`);
          return stock.kernelFunc({ inputs: stockInputs, attrs: stockAttrs, backend }) as TensorInfo;
        },
      });
    },
  };
  if (stock?.setupFunc) config.setupFunc = stock.setupFunc;
  if (stock?.disposeFunc) config.disposeFunc = stock.disposeFunc;
  return config;
}
