import { type Detector, meanOf, short, subjectsOf } from './detector';

const MEASURES = 3;
/** A Z-score. */
const FAR = -3;

/**
 * G repeats its data. C_T of a Copying metric is a Z-score: far below 0 fakes are nearer to the training data than
 * examples that were never trained on (Meehan et al. 2020). Found where the last three measures are all below -3. A graph
 * without that metric is not judged.
 */
export const copying: Detector = {
  id: 'copying',
  title: 'G copies its data',
  source: { label: 'Meehan et al. 2020', url: 'https://arxiv.org/abs/2004.05675' },
  find: (history) =>
    subjectsOf(history, 'copying.').flatMap((metric) => {
      const scores = history.flatMap(({ figures }) => figures[`copying.${metric}`] ?? []).slice(-MEASURES);
      if (scores.length < MEASURES || !scores.every((score) => score < FAR)) return [];
      return {
        node: metric,
        message: `Fakes are nearer to the training data than unseen examples are: C_T = ${short(meanOf(scores))}, where 0 is chance and below -3 is no chance.`,
      };
    }),
};
