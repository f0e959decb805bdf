import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';

/**
 * What a replaced kernel is made of: other kernels of the WASM backend, views into its heap, plain loops over
 * it. A kernel owns what it makes until it returns it; everything else it frees.
 */
export type Wasm = BackendWasm;

/** A kernel in our hands: the stock one, if there is any, and its inputs. */
export interface Call {
  readonly wasm: Wasm;
  readonly inputs: NamedTensorInfoMap;
  readonly attrs: NamedAttrMap;
  /** Runs the kernel that tfjs registered under this name. */
  readonly stock: (inputs: NamedTensorInfoMap, attrs?: NamedAttrMap) => TensorInfo;
}

export interface Replacement {
  readonly kernel: string;
  /** What is wrong with the stock kernel, with a figure where there is one. */
  readonly why: string;
  readonly run: (call: Call) => TensorInfo;
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

/**
 * The same memory under an id of its own, from `offset` numbers on. XNNPACK keeps the right operand of a
 * product packed under its tensor's id, whatever its shape, for as long as the tensor lives: one that must not
 * be kept, or comes in another shape than before, goes in as an alias. Give it back with `dropAlias`.
 */
export function alias(wasm: Wasm, x: TensorInfo, shape: number[], offset = 0): TensorInfo {
  const counter = wasm as unknown as { dataIdNextNumber: number };
  const id = counter.dataIdNextNumber++;
  const memoryOffset = wasm.getMemoryOffset(x.dataId) + offset * 4;
  const dataId = { id };
  wasm.dataIdMap.set(dataId, { id, memoryOffset, shape, dtype: x.dtype, refCount: 1 });
  wasm.wasm.tfjs.registerTensor(id, util.sizeFromShape(shape), memoryOffset);
  return { dataId, shape, dtype: x.dtype };
}

export function dropAlias(wasm: Wasm, x: TensorInfo): void {
  wasm.wasm.tfjs.disposeData(wasm.dataIdMap.get(x.dataId).id);
  wasm.dataIdMap.delete(x.dataId);
}

/** The heap's floats of a tensor. Any allocation may move the heap: take it after the last one. */
export const floats = (wasm: Wasm, x: TensorInfo): Float32Array => wasm.typedArrayFromHeap(x) as Float32Array;

export const transpose = (wasm: Wasm, x: TensorInfo, perm: number[]): TensorInfo =>
  runKernel(wasm, 'Transpose', { x }, { perm });

/** `replacement` as tfjs registers it in place of `stock`. */
export function asKernelConfig(replacement: Replacement, stock: KernelConfig | undefined): KernelConfig {
  const config: KernelConfig = {
    kernelName: replacement.kernel,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as Wasm;
      return replacement.run({
        wasm,
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
