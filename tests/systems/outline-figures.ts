import { shapesB } from '@/lib/data/images/shapes/unpaired';
import { createStream } from '@/lib/util/random';
import type { Figures } from './system';

const REFERENCES = 500;

/**
 * Have images the look of shapes' side B, blue outlines? `blue` is the share of bright pixels whose strongest channel is
 * blue, `bright` how many are bright, to side B's own: an outline that is filled has more than twice as many.
 */
export const outlineFigures =
  (side: number) =>
  (_: Float32Array, trained: Float32Array): Figures => {
    const references = shapesB.draw({ size: side }, REFERENCES, createStream(1, 'outlines')).x;
    const [own, made] = [lightOf(references), lightOf(trained)];
    return { blue: made.blue, bright: made.bright / own.bright };
  };

function lightOf(images: Float32Array): { readonly bright: number; readonly blue: number } {
  let [bright, blue] = [0, 0];
  for (let at = 0; at < images.length; at += 3) {
    const [r = 0, g = 0, b = 0] = images.subarray(at, at + 3);
    if (Math.max(r, g, b) <= 0) continue;
    bright++;
    if (b > Math.max(r, g)) blue++;
  }
  return { bright: (3 * bright) / images.length, blue: blue / Math.max(1, bright) };
}
