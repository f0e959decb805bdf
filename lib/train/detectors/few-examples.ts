import { type Detector, percent, short, subjectsOf } from './detector';

const FEW = 8;

/**
 * Batch statistics of too few values are noise: the relative error of a variance of n is √(2 / (n - 1)), which is more
 * than a half below 8 or 9 (Wu & He 2018). Known from the graph: found at the first check where a layer that normalises
 * by its batch takes them of fewer than 8 values.
 */
export const fewExamples: Detector = {
  id: 'few-examples',
  title: 'Batch norm of too few examples',
  source: { label: 'Wu & He 2018', url: 'https://arxiv.org/abs/1803.08494' },
  find: (history) =>
    subjectsOf(history, 'examples.').flatMap((layer) => {
      const count = history.at(-1)?.figures[`examples.${layer}`];
      if (count === undefined || count >= FEW) return [];
      const error = Math.sqrt(2 / Math.max(1, count - 1));
      return {
        node: layer,
        message: `Its mean and deviation are of ${short(count)} values: the variance is off by ${percent(error)} from batch to batch, so what one example gives depends on its neighbours.`,
      };
    }),
};
