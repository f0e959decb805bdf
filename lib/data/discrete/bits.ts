import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { pythonSource } from '../python';
import { defineSource } from '../source';

const [ROWS, COLUMNS] = [2, 5];
const PIXELS = ROWS * COLUMNS;

interface Options {
  readonly column: number;
  readonly row: number;
  readonly noise: number;
}

const chance = (value: number, label: string, help: string, high = 1) =>
  param(z.number().min(0).max(high).default(value), { label, help, step: 0.05 });

/** The probabilities of all 2¹⁰ pictures; pixel i is bit i. */
function probabilitiesOf({ column, row, noise }: Options): Float64Array {
  let chances = new Float64Array(2 ** PIXELS);
  for (let bars = 0; bars < 2 ** (COLUMNS + ROWS); bars++) {
    const isLit = (bar: number) => ((bars >> bar) & 1) === 1;
    let [probability, picture] = [1, 0];
    for (let bar = 0; bar < COLUMNS + ROWS; bar++) {
      const p = bar < COLUMNS ? column : row;
      probability *= isLit(bar) ? p : 1 - p;
    }
    for (let pixel = 0; pixel < PIXELS; pixel++)
      if (isLit(pixel % COLUMNS) || isLit(COLUMNS + Math.floor(pixel / COLUMNS))) picture |= 1 << pixel;
    chances[picture] = (chances[picture] as number) + probability;
  }
  for (let pixel = 0; pixel < PIXELS; pixel++)
    chances = chances.map(
      (p, picture) => (1 - noise) * p + noise * (chances[picture ^ (1 << pixel)] as number),
    );
  return chances;
}

/** 2 × 5 pixels: every column and row is a bar that may be lit; a pixel is lit by either, then noise flips some. */
export const bits = defineSource({
  id: 'bits',
  title: 'Bars of bits',
  summary: 'Ten binary pixels, 2 × 5: bars along columns and rows, some pixels flipped.',
  family: 'Strings and bits',
  options: z.strictObject({
    column: chance(0.3, 'Columns', 'The chance of each of the five columns to be lit.'),
    row: chance(0.2, 'Rows', 'The chance of each of the two rows to be lit.'),
    noise: chance(0.05, 'Noise', 'The chance of each pixel to be flipped.', 0.5),
  }),
  ports: () => ({ x: [PIXELS] }),
  draw({ column, row, noise }, rows, stream) {
    const x = new Float32Array(rows * PIXELS);
    for (let i = 0; i < rows; i++) {
      const bars = Array.from(
        { length: COLUMNS + ROWS },
        (_, bar) => stream.uniform() < (bar < COLUMNS ? column : row),
      );
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        const isLit = bars[pixel % COLUMNS] || bars[COLUMNS + Math.floor(pixel / COLUMNS)];
        x[i * PIXELS + pixel] = Boolean(isLit) !== stream.uniform() < noise ? 1 : 0;
      }
    }
    return { x };
  },
  truth: (given) => ({
    entropy: probabilitiesOf(given).reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0),
  }),
  python: ({ column, row, noise }) =>
    pythonSource(`lit = rng.random((rows, 1, ${COLUMNS})) < ${column}
lit = lit | (rng.random((rows, ${ROWS}, 1)) < ${row})
flipped = rng.random((rows, ${PIXELS})) < ${noise}
return {"x": (lit.reshape(rows, ${PIXELS}) ^ flipped).astype(float)}`),
});
