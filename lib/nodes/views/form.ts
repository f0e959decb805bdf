import type { Images, Videos, Volumes } from '@/lib/draw/picture';
import type { TensorData } from '../define';

export type Form = 'densities' | 'points' | 'images' | 'videos' | 'volumes' | 'strings';

/** Channels of more than one image: frames, up to so many. */
const MOST_FRAMES = 8;

/** How tensors of these dims are drawn; undefined where they are not. */
export function formOf(dims: readonly number[]): Form | undefined {
  if (dims.length === 1 && dims[0] === 1) return 'densities';
  if (dims.length === 1 && dims[0] === 2) return 'points';
  if (dims.length === 3 && (dims[2] === 1 || dims[2] === 3)) return 'images';
  if (dims.length === 3 && (dims[2] as number) <= MOST_FRAMES) return 'videos';
  if (dims.length === 4 && dims[3] === 3) return 'videos';
  if (dims.length === 4 && dims[3] === 1) return 'volumes';
  if (dims.length === 2) return 'strings';
  return undefined;
}

export function imagesOf({ data, dims }: TensorData): Images {
  const [count = 0, height = 0, width = 0, channels = 0] = dims;
  return { count, height, width, channels, pixels: data };
}

/** [height, width, frames], each grey, or [frames, height, width, 3] in colour. */
export function videosOf({ data, dims }: TensorData): Videos {
  if (dims.length === 5) {
    const [count = 0, frames = 0, height = 0, width = 0, channels = 0] = dims;
    return { frames, images: { count: count * frames, height, width, channels, pixels: data } };
  }
  const [count = 0, height = 0, width = 0, frames = 0] = dims;
  const size = height * width;
  const pixels = Float32Array.from(data, (_, i) => {
    const [video, within] = [Math.floor(i / (size * frames)), i % (size * frames)];
    return data[(video * size + (within % size)) * frames + Math.floor(within / size)] as number;
  });
  return { frames, images: { count: count * frames, height, width, channels: 1, pixels } };
}

/** The frames of each video side by side as one image. */
export function stripsOf({ frames, images }: Videos): Images {
  const { height, width, channels } = images;
  const line = width * channels;
  const pixels = new Float32Array(images.pixels.length);
  for (let image = 0; image < images.count; image++)
    for (let y = 0; y < height; y++) {
      const from = (image * height + y) * line;
      const video = Math.floor(image / frames);
      pixels.set(
        images.pixels.subarray(from, from + line),
        ((video * height + y) * frames + (image % frames)) * line,
      );
    }
  return { count: images.count / frames, height, width: frames * width, channels, pixels };
}

/** What is above 0 is there. */
export function volumesOf({ data, dims }: TensorData): Volumes {
  const [count = 0, depth = 0, height = 0, width = 0] = dims;
  return { count, depth, height, width, filled: Uint8Array.from(data, (value) => Number(value > 0)) };
}
