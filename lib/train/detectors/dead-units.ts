import { type Detector, lastOf, meanOf, percent, subjectsOf } from './detector';

const CHECKS = 4;
/** Nets that learn well have been seen with seven in ten: a wide layer after few inputs needs few of its units. */
const MANY = 0.8;

/**
 * Units that are off for every example have no gradient, so only layers before them can bring them back (Lu et al. 2019,
 * the dying ReLU). Found where in each of four checks in a row at least four in five of the units of one ReLU are off for
 * the whole batch.
 */
export const deadUnits: Detector = {
  id: 'dead-units',
  title: 'Dead units',
  source: { label: 'Lu et al. 2019', url: 'https://arxiv.org/abs/1903.06733' },
  find: (history) =>
    subjectsOf(history, 'off.').flatMap((layer) => {
      const shares = lastOf(history, `off.${layer}`, CHECKS);
      if (!shares?.every((share) => share >= MANY)) return [];
      return {
        node: layer,
        checks: CHECKS,
        message: `${percent(meanOf(shares))} of its units are off for every example: no gradient comes through them, so they hardly come back.`,
      };
    }),
};
