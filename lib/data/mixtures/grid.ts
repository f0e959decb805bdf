import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { deviation, length } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';
import { mixtureTruth } from '../truth';
import { drawMixture, mixturePorts, numbered } from './mixture';
import { mixturePython } from './mixture-python';

/** Centres spacing · (i - (n-1)/2, j - (n-1)/2), column by column from the lowest. */
const modesOf = ({ columns, spacing, sd }: { columns: number; spacing: number; sd: number }) => {
  const at = (i: number) => spacing * (i - (columns - 1) / 2);
  return {
    centres: Array.from({ length: columns * columns }, (_, k) => [
      at(Math.floor(k / columns)),
      at(k % columns),
    ]),
    sd,
  };
};

export const grid = defineSource({
  id: 'grid',
  title: 'Grid',
  summary: 'Gaussians of equal weight on a square grid.',
  family: 'Two dimensions',
  options: z.strictObject({
    columns: param(z.int().min(1).max(10).default(5), {
      label: 'Columns',
      help: 'Gaussians along each side: 5 makes 25.',
      step: 1,
    }),
    spacing: length(2, 'Spacing', 'Distance between neighbours.'),
    sd: deviation(0.05),
  }),
  ports: ({ columns }) => mixturePorts(2, columns * columns),
  draw: (options, rows, stream) => drawMixture(modesOf(options), rows, stream),
  truth: (options) => mixtureTruth(modesOf(options)),
  classes: ({ columns }) => numbered(columns * columns),
  python: ({ columns, spacing, sd }) =>
    pythonSource(
      `line = ${spacing} * (np.arange(${columns}) - ${(columns - 1) / 2})
centres = np.stack([np.repeat(line, ${columns}), np.tile(line, ${columns})], axis=1)
return mixture(rng, rows, centres, sd=${sd})`,
      mixturePython,
    ),
});
