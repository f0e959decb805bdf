import { type Detector, lastOf, meanOf, short } from './detector';

const CHECKS = 6;
/** Of the gradient that D's scores could send back: what is left. */
const LITTLE = 0.02;
const SEPARATE = 0.98;

/**
 * G learns from nothing: D separates data and fakes, and little of a gradient comes back (Arjovsky & Bottou 2017). Found
 * where in each of six checks in a row a real example scores above a fake with a chance of 98 % or more, while ‖∂J/∂θ‖ of
 * G is below 2 % of its largest so far, or below 0.001.
 */
export const vanishingGradient: Detector = {
  id: 'vanishing-gradient',
  title: 'G’s gradient vanishes',
  source: { label: 'Arjovsky & Bottou 2017', url: 'https://arxiv.org/abs/1701.04862' },
  find: (history, duels) =>
    duels.flatMap(({ loss, generatorPlayer }) => {
      const figure = `gradient.${generatorPlayer}`;
      const [norms, auc] = [lastOf(history, figure, CHECKS), lastOf(history, `${loss}.auc`, CHECKS)];
      if (!generatorPlayer || !norms || !auc?.every((chance) => chance >= SEPARATE)) return [];
      const largest = Math.max(...history.map(({ figures }) => figures[figure] ?? 0));
      if (!norms.every((norm) => norm < Math.max(0.001, LITTLE * largest))) return [];
      return {
        node: generatorPlayer,
        loss,
        checks: CHECKS,
        message: `Almost no gradient reaches G: its norm is ${short(meanOf(norms))}, at its largest it was ${short(largest)}, and D scores a real example above a fake in ${short(100 * meanOf(auc))} % of pairs.`,
      };
    }),
};
