/** Sizes of convolutions along one axis, as TensorFlow counts them. */
export type Padding = 'same' | 'valid';

/** Output length of a convolution; less than 1 where the kernel does not fit. */
export function convolvedLength(
  length: number,
  kernel: number,
  stride: number,
  padding: Padding,
  dilation = 1,
) {
  if (padding === 'same') return Math.ceil(length / stride);
  return Math.floor((length - (kernel - 1) * dilation - 1) / stride) + 1;
}

/** Output length of a transposed convolution. */
export function transposedLength(length: number, kernel: number, stride: number, padding: Padding) {
  return padding === 'same' ? length * stride : (length - 1) * stride + Math.max(kernel, stride);
}

/** `same` padding before and after; asymmetric when the total is odd, the extra one after. */
export function samePadding(length: number, kernel: number, stride: number, dilation = 1): [number, number] {
  const extent = (kernel - 1) * dilation + 1;
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + extent - length, 0);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}
