import { permute } from '@/lib/shapes/permute';
import type { StateEntry } from './state-entries';
import type { NamedTensor } from './tensors';

/** Axes in PyTorch's order, and back: kernels are [outputs, inputs, height, width] there. */

export const permuteTensor = ({ dims, values }: NamedTensor, axes: readonly number[]): NamedTensor => ({
  dims: axes.map((axis) => dims[axis] as number),
  values: permute(values, dims, axes),
});

const inverse = (axes: readonly number[]): number[] => axes.map((_, axis) => axes.indexOf(axis));

export const toTorchLayout = (tensor: NamedTensor, { permute: axes }: StateEntry): NamedTensor =>
  axes ? permuteTensor(tensor, axes) : tensor;

export const fromTorchLayout = (tensor: NamedTensor, { permute: axes }: StateEntry): NamedTensor =>
  axes ? permuteTensor(tensor, inverse(axes)) : tensor;

/** The dims that PyTorch's tensor has. */
export const torchDims = ({ dims, permute: axes }: StateEntry): readonly number[] =>
  axes ? axes.map((axis) => dims[axis] as number) : dims;
