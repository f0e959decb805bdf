import * as z from 'zod';
import { deviation, position } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';
import { mixtureTruth } from '../truth';
import { drawMixture, mixturePorts } from './mixture';

const modesOf = ({ mean, sd }: { mean: number; sd: number }) => ({ centres: [[mean]], sd });

/** N(mean, sd²) on the line. */
export const gaussian = defineSource({
  id: 'gaussian',
  title: 'Gaussian',
  summary: 'One bell curve on the line.',
  family: 'One dimension',
  options: z.strictObject({
    mean: position(4, 'Mean', 'Centre of the bell.'),
    sd: deviation(1.25, 'Width of the bell.'),
  }),
  ports: () => mixturePorts(1, 1),
  draw: (options, rows, stream) => drawMixture(modesOf(options), rows, stream),
  truth: (options) => mixtureTruth(modesOf(options)),
  python: ({ mean, sd }) => pythonSource(`return {"x": ${mean} + ${sd} * rng.standard_normal((rows, 1))}`),
});
