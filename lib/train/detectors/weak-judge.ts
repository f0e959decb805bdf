import { type Detector, percent, subjectsOf } from './detector';

/** Share of unseen examples that a judge may name wrongly; of the drawn data here it is 1 to 5 %. */
const MOST = 0.1;

/**
 * A metric judges by a classifier that it trained on the data's labels. One that is wrong about data that it has not seen
 * is wrong about samples too, and no figure of theirs can be better than it. Found where it errs on more than 10 %.
 */
export const weakJudge: Detector = {
  id: 'weak-judge',
  title: 'The judge errs',
  source: { label: 'Heusel et al. 2017', url: 'https://arxiv.org/abs/1706.08500' },
  find: (history) =>
    subjectsOf(history, 'judge.').flatMap((metric) => {
      const error = history.at(-1)?.figures[`judge.${metric}`] ?? 0;
      if (error <= MOST) return [];
      return {
        node: metric,
        message: `The classifier that judges samples here errs on ${percent(error)} of data that it has not seen, and more than ${percent(MOST)} is too much: the figures say little about the samples.`,
      };
    }),
};
