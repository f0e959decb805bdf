import { useEffect, useRef } from 'react';
import { useTheme } from '@/components/ui/theme';
import { imageDims } from '@/lib/data/files/import-options';
import { pixelsOfVolume } from '@/lib/draw/draw-volumes';
import { firstLook } from '@/lib/draw/look';
import { darkTheme, lightTheme } from '@/lib/draw/theme';
import { formOf, volumesOf } from '@/lib/nodes/views/form';
import { sizeOf } from '@/lib/shapes/shape';
import styles from './tile.module.css';

/** One sample: its numbers, and its dims. */
export interface Sample {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/**
 * A sample as an image, pixel by pixel, or as a solid; other shapes as a square of their numbers, from the least
 * to the most.
 */
export function Tile({ of, label }: { readonly of: Sample; readonly label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = useTheme() === 'dark';
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current) return;
    const { width, height, bytes } = formOf(of.dims) === 'volumes' ? solidOf(of, isDark) : pixelsOf(of);
    canvas.current.width = width;
    canvas.current.height = height;
    context.putImageData(new ImageData(bytes, width, height), 0, 0);
  }, [of, isDark]);
  return (
    <canvas
      ref={canvas}
      className={styles.tile}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}

/** Of a solid, in pixels: enough for the largest tile. */
const SIDE = 192;

function solidOf({ dims, data }: Sample, isDark: boolean) {
  const volumes = volumesOf({ dims: [1, ...dims], data, label: '' });
  const bytes = pixelsOfVolume(volumes, SIDE, firstLook.pose, isDark ? darkTheme : lightTheme);
  return { width: SIDE, height: SIDE, bytes };
}

function pixelsOf({ dims, data }: Sample) {
  const [height, width, channels] = imageDims(dims) ?? squareOf(sizeOf(dims));
  const [low, high] = imageDims(dims) ? [-1, 1] : extentOf(data);
  const bytes = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++)
    for (let channel = 0; channel < 3; channel++) {
      const value = data[i * channels + (channels === 3 ? channel : 0)] ?? low;
      bytes[4 * i + channel] = (255 * (value - low)) / (high - low || 1);
    }
  return { width, height, bytes };
}

const squareOf = (size: number): readonly [number, number, number] => {
  const side = Math.ceil(Math.sqrt(size));
  return [Math.ceil(size / side), side, 1];
};

function extentOf(data: Float32Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
