import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { sumProblem } from '../fields';
import { placeOf } from '../mixtures/mixture';
import { pythonList, pythonSource } from '../python';
import { defineSource } from '../source';

/** How far a number may be from one-hot and still count: three of these. */
const SHARPNESS = 0.05;

const options = z
  .strictObject({
    probabilities: param(
      z.array(z.number().gt(0).max(1)).min(2).max(256).default([0.3, 0.2, 0.15, 0.12, 0.1, 0.07, 0.04, 0.02]),
      { label: 'Probabilities', help: 'Of each category; they sum to 1.', input: 'json' },
    ),
  })
  .superRefine(({ probabilities }, context) => {
    const message = sumProblem('probabilities', probabilities);
    if (message) context.addIssue({ code: 'custom', message, path: ['probabilities'] });
  });

/** One category of several, one-hot. Its modes are the corners of the simplex. */
export const categorical = defineSource({
  id: 'categorical',
  title: 'Categories',
  summary: 'One of a few categories, one-hot, some far rarer than others.',
  family: 'Strings and bits',
  options,
  ports: ({ probabilities }) => ({ x: [probabilities.length] }),
  draw({ probabilities }, rows, stream) {
    const count = probabilities.length;
    const x = new Float32Array(rows * count);
    for (let row = 0; row < rows; row++) x[row * count + placeOf(stream.uniform(), probabilities)] = 1;
    return { x };
  },
  truth: ({ probabilities }) => ({
    modes: {
      centres: probabilities.map((_, k) => probabilities.map((_, i) => (i === k ? 1 : 0))),
      weights: probabilities,
      sd: SHARPNESS,
    },
    entropy: probabilities.reduce((sum, p) => sum - p * Math.log(p), 0),
  }),
  python: ({ probabilities }) =>
    pythonSource(
      `return {"x": np.eye(${probabilities.length})[rng.choice(${probabilities.length}, size=rows, p=${pythonList(probabilities)})]}`,
    ),
});
