import type { Boundary } from './plan-duels';
import { meanScore } from './scores';

/**
 * What D's scores of data and fakes say. `auc` is the chance that a real example scores above a fake: 0.5 where D
 * cannot separate them, 1 where it does so without an error. `real` and `fake` are D's mean scores, as probabilities
 * where they are logits. With a boundary also: the share of either side that is judged right, and
 * r_t = E sign D(real), of which Karras et al. 2020 say that above 0.6 D learns its data by heart.
 */
export function scoreFigures(
  real: Float32Array,
  fake: Float32Array,
  boundary: Boundary | undefined,
): { readonly [name: string]: number } {
  const auc = chanceAbove(real, fake);
  const shown = { isLogit: boundary?.isLogit === true };
  const means = { real: meanScore(shown, real), fake: meanScore(shown, fake) };
  if (!boundary) return { auc, ...means };
  const { at, isReversed } = boundary;
  const saysReal = (score: number) => (isReversed ? score < at : score > at);
  return {
    auc: isReversed ? 1 - auc : auc,
    ...means,
    realRight: share(real, saysReal),
    signReal: 2 * share(real, saysReal) - 1,
    fakeRight: 1 - share(fake, saysReal),
  };
}

/** Pairs in which the first is larger, equal ones by half. */
function chanceAbove(first: Float32Array, second: Float32Array): number {
  let above = 0;
  for (const a of first) for (const b of second) above += a > b ? 1 : a === b ? 0.5 : 0;
  return above / (first.length * second.length);
}

const share = (values: Float32Array, holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;
