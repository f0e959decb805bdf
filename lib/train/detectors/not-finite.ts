import type { Detector } from './detector';

/**
 * A number is not finite any more. The training loop reads every loss and stops at the first that is NaN or infinite, at
 * the last good weights; found also where a check finds a gradient or a weight that is not finite.
 */
export const notFinite: Detector = {
  id: 'not-finite',
  title: 'Not finite',
  source: { label: 'Pascanu et al. 2013', url: 'https://arxiv.org/abs/1211.5063' },
  find(history) {
    const figures = Object.entries(history.at(-1)?.figures ?? {});
    const [bad] = figures.filter(([name, value]) => {
      const [sort] = name.split('.');
      return sort === 'failed' || ((sort === 'gradient' || sort === 'weights') && !Number.isFinite(value));
    });
    if (!bad) return [];
    const [sort = '', ...id] = bad[0].split('.');
    const what = { weights: 'Its weights are', gradient: 'Its gradient is' }[sort] ?? 'Its loss is';
    const message = `${what} not finite any more: a number outgrew 3.4e38, as steps that are too long make it do.`;
    return [{ node: id.join('.'), message }];
  },
};
