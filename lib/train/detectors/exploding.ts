import { type Detector, lastOf, short, subjectsOf } from './detector';

const CHECKS = 4;
const TIMES = 5;

/**
 * Weights grow without end. Found where in each of four checks in a row the root mean square of a network's θ is more
 * than five times what it was at the first check, and it has not fallen over them.
 */
export const exploding: Detector = {
  id: 'exploding',
  title: 'Weights explode',
  source: { label: 'Arjovsky et al. 2017 (WGAN)', url: 'https://arxiv.org/abs/1701.07875' },
  find: (history) =>
    subjectsOf(history, 'weights.').flatMap((network) => {
      const figure = `weights.${network}`;
      const sizes = lastOf(history, figure, CHECKS);
      const first = history[0]?.figures[figure];
      const [oldest, newest] = [sizes?.[0], sizes?.at(-1)];
      if (!sizes || !first || oldest === undefined || newest === undefined) return [];
      if (!sizes.every((size) => size > TIMES * first) || newest < 0.98 * oldest) return [];
      return {
        node: network,
        checks: CHECKS,
        message: `Weights grow without end: their root mean square is ${short(newest)}, ${short(newest / first)} times what it was when this run was first looked at (${short(first)}).`,
      };
    }),
};
