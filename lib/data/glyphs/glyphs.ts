import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { imageSide } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';
import { glyphsPython } from './glyphs-python';
import { writeBy } from './hand';
import { renderStrokes } from './render';
import { digitStrokes, type Strokes } from './strokes';

export const digits = digitStrokes.map((_, digit) => String(digit));

/** Written digits, 0 to 9 with equal chance: grey images in [-1, 1], the paper -1. */
export const glyphs = defineSource({
  id: 'glyphs',
  title: 'Glyphs',
  summary: 'The ten digits, written by a random hand: slant, width, place and pen differ.',
  family: 'Images',
  options: z.strictObject({
    size: imageSide(28, 8, 64),
    variation: param(z.number().min(0).max(1.5).default(1), {
      label: 'Variation',
      help: '0 is print, 1 is handwriting.',
      step: 0.1,
    }),
  }),
  ports: ({ size }) => ({ x: [size, size, 1], labels: [digits.length] }),
  draw({ size, variation }, rows, stream) {
    const x = new Float32Array(rows * size * size);
    const labels = new Float32Array(rows * digits.length);
    for (let row = 0; row < rows; row++) {
      const digit = stream.integer(digits.length);
      const ways = digitStrokes[digit] as readonly Strokes[];
      const way = ways[stream.integer(ways.length)] as Strokes;
      const hand = writeBy(way, size, variation, stream);
      renderStrokes(hand.strokes, hand.pen, size, x, row * size * size);
      labels[row * digits.length + digit] = 1;
    }
    return { x, labels };
  },
  classes: () => digits,
  python: ({ size, variation }) =>
    pythonSource(`return draw_glyphs(rng, rows, size=${size}, variation=${variation})`, glyphsPython),
});
