import * as z from 'zod';
import { pythonList, pythonSource } from '../python';
import { defineSource } from '../source';
import { mixtureTruth } from '../truth';
import { drawMixture, mixturePorts } from './mixture';
import { mixturePython } from './mixture-python';

const modes = {
  centres: [
    [0.3, 0.7],
    [0.7, 0.4],
  ],
  sd: [
    [0.1, 0.1],
    [0.05, 0.2],
  ],
};

/** ½ N((0.3, 0.7), diag(0.1, 0.1)²) + ½ N((0.7, 0.4), diag(0.05, 0.2)²): what GAN Lab shows first. */
export const twoGaussians = defineSource({
  id: 'two-gaussians',
  title: 'Two Gaussians',
  summary: "GAN Lab's first data set: a round and an upright Gaussian, half each, near the unit square.",
  family: 'Two dimensions',
  options: z.strictObject({}),
  ports: () => mixturePorts(2, 2),
  draw: (_, rows, stream) => drawMixture(modes, rows, stream),
  truth: () => mixtureTruth(modes),
  classes: () => ['round', 'upright'],
  python: () =>
    pythonSource(
      `centres = ${pythonList(modes.centres)}
return mixture(rng, rows, centres, sd=${pythonList(modes.sd)})`,
      mixturePython,
    ),
});
