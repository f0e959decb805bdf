import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { tanh } from '../activations/tanh';
import { defineOp, type OpDefinition, type Tensor, type Tf } from '../define';
import { tensorAt } from '../ports';
import { casesOf } from './cases';
import { derivativesOf, errorsOf } from './derivatives';
import { checkGradients, TOLERANCE } from './gradient-check';

/** A tanh whose gradient is given by hand: the check must see what is wrong with it. */
const tanhWith = (gradient: (tf: Tf, dy: Tensor, x: Tensor, y: Tensor) => Tensor): OpDefinition =>
  defineOp({
    ...tanh,
    params: z.strictObject({}),
    apply(tf, { inputs }) {
      const f = tf.customGrad((x, save) => {
        const y = tf.tanh(x as Tensor);
        (save as (tensors: Tensor[]) => void)([x as Tensor, y]);
        return {
          value: y,
          gradFunc: (dy, [input, output]) => gradient(tf, dy, input as Tensor, output as Tensor),
        };
      });
      return { outputs: { out: f(tensorAt(inputs, 'in')) } };
    },
  }) as unknown as OpDefinition;

const oneMinusSquare = (tf: Tf, y: Tensor) => tf.sub(1, tf.square(y));

const worst = (tf: Tf, definition: OpDefinition, order: 1 | 2) =>
  Math.max(
    ...casesOf(definition)
      .flatMap((of) => checkGradients(tf, of))
      .filter((result) => result.order === order)
      .map(({ error }) => error),
  );

describe('the gradient check', () => {
  let tf: Tf;
  beforeAll(async () => {
    tf = (await startBackend('cpu')).tf;
  });

  test('passes a right gradient', () => {
    const right = tanhWith((_, dy, x) => tf.mul(dy, oneMinusSquare(tf, tf.tanh(x))));
    expect(worst(tf, right, 1)).toBeLessThan(TOLERANCE);
    expect(worst(tf, right, 2)).toBeLessThan(TOLERANCE);
  });

  test('finds a first order that is 3 % too large', () => {
    const wrong = tanhWith((_, dy, x) => tf.mul(dy, tf.mul(1.03, oneMinusSquare(tf, tf.tanh(x)))));
    expect(worst(tf, wrong, 1)).toBeGreaterThan(TOLERANCE);
  });

  test('finds a second order that lacks what goes through a saved output', () => {
    const wrong = tanhWith((_, dy, __, y) => tf.mul(dy, oneMinusSquare(tf, y)));
    expect(worst(tf, wrong, 1)).toBeLessThan(TOLERANCE);
    expect(worst(tf, wrong, 2)).toBeGreaterThan(TOLERANCE);
  });

  test('number by number, against right ones, finds both and says where', () => {
    const derivatives = (gradient: Parameters<typeof tanhWith>[0]) =>
      casesOf(tanhWith(gradient)).map((of) => derivativesOf(tf, of));
    const right = derivatives((_, dy, x) => tf.mul(dy, oneMinusSquare(tf, tf.tanh(x))));
    const off = (gradient: Parameters<typeof tanhWith>[0]) =>
      derivatives(gradient).flatMap((got, i) =>
        errorsOf(got, defined(right[i], 'a case')).flatMap(([what, error]) => (error > 1e-4 ? [what] : [])),
      );
    const [first, second] = [right.map(() => 'first 1'), right.map(() => 'second 1')];
    expect(off((_, dy, x) => tf.mul(dy, oneMinusSquare(tf, tf.tanh(x))))).toEqual([]);
    expect(off((_, dy, __, y) => tf.mul(dy, oneMinusSquare(tf, y)))).toEqual(second);
    const large = off((_, dy, x) => tf.mul(dy, tf.mul(1.001, oneMinusSquare(tf, tf.tanh(x)))));
    expect(large.filter((what) => what === 'first 1')).toEqual(first);
  });

  test('a list that is missing, too long or not finite is infinitely off', () => {
    const one = { outputs: [[1, 2]], first: [], second: [] };
    expect(errorsOf(one, {})).toEqual([['outputs 1', Number.POSITIVE_INFINITY]]);
    expect(errorsOf(one, { outputs: [[1]] })).toEqual([['outputs 1', Number.POSITIVE_INFINITY]]);
    expect(errorsOf(one, { outputs: [[1, 2], [3]] })[1]).toEqual(['outputs 2', Number.POSITIVE_INFINITY]);
    const nan = { outputs: [[1, Number.NaN]] };
    expect(errorsOf({ ...one, ...nan }, one)).toEqual([['outputs 1', Number.POSITIVE_INFINITY]]);
    expect(errorsOf(one, nan)).toEqual([['outputs 1', Number.POSITIVE_INFINITY]]);
    expect(errorsOf(one, { outputs: [[1, 4]] })).toEqual([['outputs 1', 0.5]]);
  });
});
