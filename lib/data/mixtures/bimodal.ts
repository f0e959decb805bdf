import * as z from 'zod';
import { deviation, position } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';
import { mixtureTruth } from '../truth';
import { drawMixture, mixturePorts } from './mixture';
import { mixturePython } from './mixture-python';

const modesOf = ({ low, high, sd }: { low: number; high: number; sd: number }) => ({
  centres: [[low], [high]],
  sd,
});

/** ½ N(low, sd²) + ½ N(high, sd²) */
export const bimodal = defineSource({
  id: 'bimodal',
  title: 'Two bells',
  summary: 'Two bell curves on the line, half each.',
  family: 'One dimension',
  options: z.strictObject({
    low: position(-2, 'First mean', 'Centre of the first bell.'),
    high: position(2, 'Second mean', 'Centre of the second bell.'),
    sd: deviation(0.5, 'Width of each bell.'),
  }),
  ports: () => mixturePorts(1, 2),
  draw: (options, rows, stream) => drawMixture(modesOf(options), rows, stream),
  truth: (options) => mixtureTruth(modesOf(options)),
  classes: () => ['first', 'second'],
  python: ({ low, high, sd }) =>
    pythonSource(`return mixture(rng, rows, [[${low}], [${high}]], sd=${sd})`, mixturePython),
});
