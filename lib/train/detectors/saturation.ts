import { type Detector, lastOf, meanOf, percent, short } from './detector';

const FIRST = 6;
const CHECKS = 6;
/** Karras et al. keep r_t at 0.6. */
const SURE = 0.6;
const RIGHT = 0.9;

/**
 * D is too far ahead. r_t = E sign D(real), +1 where D calls a real example real and -1 where not, is held at 0.6 by
 * adaptive augmentation (Karras et al. 2020). Found where it is above 0.6 in each of six checks in a row, and over
 * them D is right about 90 % of either side or more.
 */
export const saturation: Detector = {
  id: 'saturation',
  title: 'D is too sure',
  source: { label: 'Karras et al. 2020 (ADA)', url: 'https://arxiv.org/abs/2006.06676' },
  find: (history, duels) =>
    duels.flatMap(({ loss, discriminator, boundary }) => {
      const figure = (name: string) => lastOf(history, `${loss}.${name}`, CHECKS);
      const [real, fake] = [figure('realRight'), figure('fakeRight')];
      if (!real || !fake || history.length < FIRST + CHECKS) return [];
      const isSure =
        real.every((right) => 2 * right - 1 > SURE) && fake.every((right) => 2 * right - 1 > SURE);
      if (!isSure || meanOf(real) < RIGHT || meanOf(fake) < RIGHT) return [];
      const [says, of] = [figure('real'), figure('fake')];
      const scores =
        says && of && boundary?.isLogit
          ? ` Its mean score is ${short(meanOf(says))} of data and ${short(meanOf(of))} of fakes.`
          : '';
      return {
        node: discriminator ?? loss,
        loss,
        checks: CHECKS,
        message: `D is right about ${percent(meanOf(real))} of data and ${percent(meanOf(fake))} of fakes (r_t = ${short(2 * meanOf(real) - 1)}; above 0.6 it learns its data by heart or G cannot follow).${scores}`,
      };
    }),
};
