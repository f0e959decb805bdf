import type { Images } from '@/lib/draw/picture';
import type { TensorData } from '../define';

export type Form = 'densities' | 'points' | 'images' | 'strings';

/** How tensors of these dims are drawn; undefined where they are not. */
export function formOf(dims: readonly number[]): Form | undefined {
  if (dims.length === 1 && dims[0] === 1) return 'densities';
  if (dims.length === 1 && dims[0] === 2) return 'points';
  if (dims.length === 3 && (dims[2] === 1 || dims[2] === 3)) return 'images';
  if (dims.length === 2) return 'strings';
  return undefined;
}

export function imagesOf({ data, dims }: TensorData): Images {
  const [count = 0, height = 0, width = 0, channels = 0] = dims;
  return { count, height, width, channels, pixels: data };
}
