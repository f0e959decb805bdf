import type { Padding } from '@/lib/shapes/convolution';

/**
 * PyTorch's full output has (L - 1) s + k pixels. `same` cuts k - s of them, the odd one after; where the
 * kernel is smaller than the stride, s - k are missing at the end instead.
 */
export function cropping(given: { kernelSize: number; strides: number; padding: Padding }) {
  const surplus = given.kernelSize - given.strides;
  if (surplus < 0) return { before: 0, after: 0, missing: -surplus };
  if (given.padding === 'valid') return { before: 0, after: 0, missing: 0 };
  return { before: Math.floor(surplus / 2), after: Math.ceil(surplus / 2), missing: 0 };
}
