import type { StateEntry } from './state-entries';
import type { NamedTensor } from './tensors';

/** Axes in PyTorch's order, and back: kernels are [outputs, inputs, height, width] there. */

/** The numbers of a tensor with its axes in another order: out axis i is in axis `axes[i]`. */
export function permute({ dims, values }: NamedTensor, axes: readonly number[]): NamedTensor {
  const strides = dims.map((_, axis) => dims.slice(axis + 1).reduce((product, dim) => product * dim, 1));
  const outDims = axes.map((axis) => dims[axis] as number);
  const outStrides = axes.map((axis) => strides[axis] as number);
  const out = new Float32Array(values.length);
  const at = new Int32Array(axes.length);
  let from = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = values[from] as number;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      at[axis] = (at[axis] as number) + 1;
      from += outStrides[axis] as number;
      if ((at[axis] as number) < (outDims[axis] as number)) break;
      from -= (outStrides[axis] as number) * (outDims[axis] as number);
      at[axis] = 0;
    }
  }
  return { dims: outDims, values: out };
}

const inverse = (axes: readonly number[]): number[] => axes.map((_, axis) => axes.indexOf(axis));

export const toTorchLayout = (tensor: NamedTensor, { permute: axes }: StateEntry): NamedTensor =>
  axes ? permute(tensor, axes) : tensor;

export const fromTorchLayout = (tensor: NamedTensor, { permute: axes }: StateEntry): NamedTensor =>
  axes ? permute(tensor, inverse(axes)) : tensor;

/** The dims that PyTorch's tensor has. */
export const torchDims = ({ dims, permute: axes }: StateEntry): readonly number[] =>
  axes ? axes.map((axis) => dims[axis] as number) : dims;
