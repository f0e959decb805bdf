import { quantity } from '@/lib/util/sentence';
import { type Detector, lastOf, meanOf, percent } from './detector';

/** Networks that have just begun make everything alike. */
const FIRST = 6;
const CHECKS = 12;
/** Of 50, which the data's own distribution gives. */
const FEW_DISTINCT = 5;
const LITTLE_COVERED = 0.6;

/**
 * Fakes lack variety. The birthday paradox measures support: if two of s examples are alike with chance p, the
 * distribution is about as large as 1/p different examples (Arora & Zhang 2017). Alike is here nearer than 98 % of the
 * pairs of real examples, so that data give 50. Found where, in each of twelve checks in a row, fakes give less than 5, or
 * less than 60 % of the real examples have a fake near (Naeem et al. 2020, coverage; near is a quarter of the
 * median distance).
 */
export const modeCollapse: Detector = {
  id: 'mode-collapse',
  title: 'Mode collapse',
  source: { label: 'Arora & Zhang 2017', url: 'https://arxiv.org/abs/1706.08224' },
  find: (history, duels) =>
    duels.flatMap(({ loss, samples }) => {
      const [distinct, covered] = ['distinct', 'covered'].map((name) =>
        lastOf(history, `${loss}.${name}`, CHECKS),
      );
      if (!samples || !distinct || !covered || history.length < FIRST + CHECKS) return [];
      const isNarrow = distinct.every((count) => count < FEW_DISTINCT);
      const isPartial = covered.every((share) => share < LITTLE_COVERED);
      if (!isNarrow && !isPartial) return [];
      const [count, share] = [meanOf(distinct), meanOf(covered)];
      return {
        node: samples.fake.node,
        loss,
        checks: CHECKS,
        message: `Fakes lack variety: two of them are as alike as if there were only ${quantity(Math.round(count), 'different one')} where data have 50, and ${percent(1 - share)} of the real examples have no fake near them.`,
      };
    }),
};
