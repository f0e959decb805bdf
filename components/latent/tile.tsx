import { useEffect, useRef } from 'react';
import { imageDims } from '@/lib/data/files/import-options';
import { sizeOf } from '@/lib/shapes/shape';
import styles from './tile.module.css';

/** One sample: its numbers, and its dims. */
export interface Sample {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** A sample as an image, pixel by pixel; other shapes as a square of their numbers, from the least to the most. */
export function Tile({ of, label }: { readonly of: Sample; readonly label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current) return;
    const { width, height, bytes } = pixelsOf(of);
    canvas.current.width = width;
    canvas.current.height = height;
    context.putImageData(new ImageData(bytes, width, height), 0, 0);
  }, [of]);
  return (
    <canvas
      ref={canvas}
      className={styles.tile}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
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
