import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { deviation, length } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';
import { mixtureTruth } from '../truth';
import { drawMixture, mixturePorts, numbered } from './mixture';
import { mixturePython } from './mixture-python';

/** Centres r (cos 2πk/K, sin 2πk/K); the end point is not counted twice. */
const modesOf = ({ modes, radius, sd }: { modes: number; radius: number; sd: number }) => ({
  centres: Array.from({ length: modes }, (_, k) => {
    const angle = (2 * Math.PI * k) / modes;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }),
  sd,
});

export const ring = defineSource({
  id: 'ring',
  title: 'Ring',
  summary: 'Gaussians of equal weight on a circle.',
  family: 'Two dimensions',
  options: z.strictObject({
    modes: param(z.int().min(1).max(100).default(8), {
      label: 'Modes',
      help: 'How many Gaussians.',
      step: 1,
    }),
    radius: length(2, 'Radius', 'Of the circle.'),
    sd: deviation(0.1),
  }),
  ports: ({ modes }) => mixturePorts(2, modes),
  draw: (options, rows, stream) => drawMixture(modesOf(options), rows, stream),
  truth: (options) => mixtureTruth(modesOf(options)),
  classes: ({ modes }) => numbered(modes),
  python: ({ modes, radius, sd }) =>
    pythonSource(
      `angle = 2 * math.pi * np.arange(${modes}) / ${modes}
centres = ${radius} * np.stack([np.cos(angle), np.sin(angle)], axis=1)
return mixture(rng, rows, centres, sd=${sd})`,
      mixturePython,
    ),
});
