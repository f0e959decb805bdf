import type { KernelConfig, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend-name';

/** A kernel of ours in place of one of tfjs's, or beside them, for one kind of backend. */
export interface Replacement<Backend> {
  readonly kernel: string;
  /** What is wrong with the stock kernel, with a figure where there is one; or what this one is for. */
  readonly why: string;
  /** tfjs has none and cannot train without: it stays where optimisations are off. */
  readonly isMissing?: true;
  readonly run: (call: Call<Backend>) => TensorInfo | TensorInfo[];
}

/** A kernel in our hands: its inputs, and the stock one, if there is any. */
export interface Call<Backend> {
  readonly backend: Backend;
  readonly inputs: NamedTensorInfoMap;
  readonly attrs: NamedAttrMap;
  /** Runs the kernel that tfjs registered under this name. */
  readonly stock: (inputs: NamedTensorInfoMap, attrs?: NamedAttrMap) => TensorInfo;
}

/** `replacement` as tfjs registers it in place of `stock`. */
export function asKernelConfig<Backend>(
  replacement: Replacement<Backend>,
  backendName: BackendName,
  stock: KernelConfig | undefined,
): KernelConfig {
  const config: KernelConfig = {
    kernelName: replacement.kernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) =>
      replacement.run({
        backend: backend as Backend,
        inputs,
        attrs: attrs ?? {},
        stock: (stockInputs, stockAttrs) => {
          if (!stock) throw new Error(`tfjs has no kernel ${replacement.kernel} for ${backendName}`);
          return stock.kernelFunc({ inputs: stockInputs, attrs: stockAttrs, backend }) as TensorInfo;
        },
      }),
  };
  if (stock?.setupFunc) config.setupFunc = stock.setupFunc;
  if (stock?.disposeFunc) config.disposeFunc = stock.disposeFunc;
  return config;
}
