import { type Detector, lastOf, short } from './detector';

const FIRST = 6;
const CHECKS = 14;
/** Deviations of the data, over all checks and over the second half of them. */
const WIDE = 0.8;
const STILL_WIDE = 0.6;
/** Of what the first half spans. */
const UNDIMINISHED = 0.75;

/**
 * Fakes go round and arrive nowhere (Mescheder et al. 2018). Watched is the mean of the fakes of fixed noise, in two
 * directions, in deviations of the data. Found where over fourteen checks, after the first six, it spans more than 0.8
 * deviations in one of them, in the second half more than 0.6 and at least three quarters of what the first half does, and
 * crosses its middle twice or more.
 */
export const oscillation: Detector = {
  id: 'oscillation',
  title: 'Oscillation',
  source: { label: 'Mescheder et al. 2018', url: 'https://arxiv.org/abs/1801.04406' },
  find: (history, duels) =>
    duels.flatMap(({ loss, samples }) => {
      if (!samples || history.length < FIRST + CHECKS) return [];
      const found = ['x', 'y'].flatMap((axis) => {
        const path = lastOf(history, `${loss}.${axis}`, CHECKS);
        const swing = path && swingOf(path);
        return swing === undefined ? [] : [swing];
      });
      if (found.length === 0) return [];
      const iterations = (history.at(-1)?.iteration ?? 0) - (history.at(-CHECKS)?.iteration ?? 0);
      return {
        node: samples.fake.node,
        loss,
        checks: CHECKS,
        message: `Fakes go to and fro without coming to rest: over the last ${iterations} iterations their mean swung by ${short(Math.max(...found))} deviations of the data, no less at the end than before.`,
      };
    }),
};

/** What a path spans if it swings on; undefined if it calms down or goes somewhere. */
function swingOf(path: readonly number[]): number | undefined {
  const half = path.length / 2;
  const [first, second, all] = [path.slice(0, half), path.slice(half), path].map(rangeOf) as [
    number,
    number,
    number,
  ];
  const middle = (Math.max(...path) + Math.min(...path)) / 2;
  const crossings = path.filter(
    (value, i) => i > 0 && value > middle !== (path[i - 1] as number) > middle,
  ).length;
  const goesOn = second > STILL_WIDE && second >= UNDIMINISHED * first;
  return all > WIDE && goesOn && crossings >= 2 ? all : undefined;
}

const rangeOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
