import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { deviation, sumProblem } from '../fields';
import { pythonList, pythonSource } from '../python';
import { defineSource } from '../source';
import { mixtureTruth } from '../truth';
import { drawMixture, mixturePorts, numbered } from './mixture';
import { mixturePython } from './mixture-python';

const coordinate = z.number().min(-1000).max(1000);

interface Options {
  readonly points: readonly (readonly number[])[];
  readonly weights: readonly number[] | null;
  readonly sd: number;
}

const options = z
  .strictObject({
    points: param(
      z
        .array(z.array(coordinate).min(1).max(64))
        .min(1)
        .max(200)
        .default([
          [-1.5, -1],
          [1.5, -1],
          [0, 1.6],
        ]),
      { label: 'Points', help: 'The centre of each Gaussian, all of as many coordinates.', input: 'json' },
    ),
    weights: param(z.array(z.number().gt(0).max(1)).nullable().default([0.5, 0.3, 0.2]), {
      label: 'Weights',
      help: 'The share of each Gaussian; they sum to 1. Empty: equal.',
      input: 'json',
    }),
    sd: deviation(0.15),
  })
  .superRefine(({ points, weights }, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: 'custom', message, path: [path] });
    const [first = []] = points;
    const odd = points.findIndex((point) => point.length !== first.length);
    if (odd > 0)
      say('points', `Point ${odd + 1} has ${points[odd]?.length} coordinates, the first ${first.length}`);
    if (!weights) return;
    if (weights.length !== points.length)
      say('weights', `${points.length} points need ${points.length} weights; there are ${weights.length}`);
    else {
      const wrong = sumProblem('weights', weights);
      if (wrong) say('weights', wrong);
    }
  });

const modesOf = ({ points, weights, sd }: Options) => ({ centres: points, sd, ...(weights && { weights }) });

/** Σₖ wₖ N(cₖ, sd²) */
export const mixture = defineSource({
  id: 'mixture',
  title: 'Mixture',
  summary: 'Gaussians around points that you choose, each with its own share.',
  family: 'Two dimensions',
  options,
  ports: ({ points }) => mixturePorts(points[0]?.length ?? 0, points.length),
  draw: (given, rows, stream) => drawMixture(modesOf(given), rows, stream),
  truth: (given) => mixtureTruth(modesOf(given)),
  classes: ({ points }) => numbered(points.length),
  python: ({ points, weights, sd }) =>
    pythonSource(
      `return mixture(rng, rows, ${pythonList(points)}, sd=${sd}, weights=${weights ? pythonList(weights) : 'None'})`,
      mixturePython,
    ),
});
