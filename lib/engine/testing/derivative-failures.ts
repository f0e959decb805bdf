import type { Tf } from '../core';
import { derivativeCases } from './derivative-cases';
import { firstOrder, secondOrder } from './derivatives';

/** Every case on the current backend: `LeakyRelu: second order throws`. Empty where all is right. */
export function derivativeFailures(tf: Tf): readonly string[] {
  return derivativeCases.flatMap((test) => {
    const outcomes = { first: firstOrder(tf, test), second: secondOrder(tf, test) };
    return Object.entries(outcomes)
      .filter(([, outcome]) => outcome !== 'right')
      .map(([order, outcome]) => `${test.name}: ${order} order ${outcome}`);
  });
}
