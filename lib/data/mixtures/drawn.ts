import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { deviation } from '../fields';
import { pythonList, pythonSource } from '../python';
import { defineSource } from '../source';
import { mergeRepeats, mixtureTruth } from '../truth';
import { drawMixture, mixturePorts } from './mixture';
import { mixturePython } from './mixture-python';

const coordinate = z.number().min(-1000).max(1000);

/** A heart: (16 sin³t, 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t) / 17, evenly along its length. */
// biome-ignore format: pairs
const heart: [number, number][] = [
  [0, 0.29], [0.05, 0.45], [0.15, 0.58], [0.3, 0.67], [0.46, 0.7], [0.62, 0.67],
  [0.77, 0.59], [0.88, 0.47], [0.93, 0.31], [0.93, 0.14], [0.87, -0.01], [0.78, -0.15],
  [0.67, -0.27], [0.54, -0.38], [0.42, -0.49], [0.29, -0.6], [0.17, -0.72], [0.07, -0.85],
  [0, -1], [-0.07, -0.85], [-0.17, -0.72], [-0.29, -0.6], [-0.42, -0.49], [-0.54, -0.38],
  [-0.67, -0.27], [-0.78, -0.15], [-0.87, -0.01], [-0.93, 0.14], [-0.93, 0.31], [-0.88, 0.47],
  [-0.77, 0.59], [-0.62, 0.67], [-0.46, 0.7], [-0.3, 0.67], [-0.15, 0.58], [-0.05, 0.45],
];

const modesOf = ({ points, sd }: { points: readonly (readonly number[])[]; sd: number }) => ({
  centres: points,
  sd,
});

/** A Gaussian of equal weight around each drawn point, so that a point drawn twice weighs double; no labels. */
export const drawn = defineSource({
  id: 'drawn',
  title: 'Drawn',
  summary: 'Points that you draw, each blurred a little.',
  family: 'Two dimensions',
  options: z.strictObject({
    points: param(
      z
        .array(z.tuple([coordinate, coordinate]))
        .min(1)
        .max(2000)
        .default(heart),
      { label: 'Points', help: 'Coordinates [x, y]. Draw them, or write them as JSON.', input: 'points' },
    ),
    sd: deviation(0.03, 'Blur around each point.'),
  }),
  ports: () => mixturePorts(2, 1),
  draw: (options, rows, stream) => ({ x: drawMixture(modesOf(options), rows, stream).x }),
  truth: ({ points, sd }) => mixtureTruth({ ...mergeRepeats(points), sd }),
  python: ({ points, sd }) =>
    pythonSource(
      `points = ${pythonList(points)}
return {"x": mixture(rng, rows, points, sd=${sd})["x"]}`,
      mixturePython,
    ),
});
