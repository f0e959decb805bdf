import { shapesB } from '@/lib/data/images/shapes/unpaired';
import { createStream } from '@/lib/util/random';
import type { Figures } from './system';

const REFERENCES = 500;

/**
 * Have images the look of shapes' side B, blue outlines? `blue` is the share of lit pixels whose strongest channel is
 * blue, `lit` how many are lit, to side B's own: an outline that is filled has more than twice as many.
 */
export const outlineFigures =
  (side: number) =>
  (_: Float32Array, trained: Float32Array): Figures => {
    const references = shapesB.draw({ size: side }, REFERENCES, createStream(1, 'outlines')).x;
    const [own, made] = [lightOf(references), lightOf(trained)];
    return { blue: made.blue, lit: made.lit / own.lit };
  };

function lightOf(images: Float32Array): { readonly lit: number; readonly blue: number } {
  let [lit, blue] = [0, 0];
  for (let at = 0; at < images.length; at += 3) {
    const [r = 0, g = 0, b = 0] = images.subarray(at, at + 3);
    if (Math.max(r, g, b) <= 0) continue;
    lit++;
    if (b > Math.max(r, g)) blue++;
  }
  return { lit: (3 * lit) / images.length, blue: blue / Math.max(1, lit) };
}
