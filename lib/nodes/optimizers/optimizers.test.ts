import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { OptimizerDefinition, Tensors, Tf } from '../define';
import { resolveParams } from '../params';
import { adagrad } from './adagrad';
import { adam } from './adam';
import { adamw } from './adamw';
import { rateCaption } from './common';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** Three steps against the published rule, written out in double precision. */
let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

/** Where one weight is after each gradient. */
function walk(optimizer: unknown, given: Record<string, unknown>, gradients: readonly number[]): number[] {
  const definition = optimizer as OptimizerDefinition;
  const params = resolveParams(definition.params.parse(given), 0);
  return tf.tidy(() => {
    let slots: Tensors = Object.fromEntries(definition.slots.map((slot) => [slot, tf.zeros([1])]));
    let weight = 0;
    return gradients.map((value, i) => {
      const gradient = tf.tensor1d([value]);
      const moved = definition.direction(tf, {
        params,
        gradient,
        theta: tf.tensor1d([weight]),
        slots,
        step: i + 1,
      });
      slots = moved.slots;
      expect(Object.keys(slots)).toEqual(definition.slots);
      weight -= moved.change.dataSync()[0] as number;
      return weight;
    });
  });
}

function expectNear(got: readonly number[], expected: readonly number[]): void {
  const scale = Math.max(1e-6, ...expected.map(Math.abs));
  got.forEach((value, i) => {
    expect(Math.abs(value - (expected[i] as number)) / scale).toBeLessThan(1e-5);
  });
}

const gradient = fc.float({ min: -10, max: 10, noNaN: true }).filter((value) => Math.abs(value) > 1e-3);
const gradients = fc.tuple(gradient, gradient, gradient);

describe('sgd', () => {
  test('keeps a velocity that the rate multiplies', () => {
    fc.assert(
      fc.property(gradients, fc.constantFrom(0, 0.5, 0.9), (values, momentum) => {
        let [velocity, weight] = [0, 0];
        const expected = values.map((g) => {
          velocity = momentum * velocity + g;
          weight -= 0.1 * velocity;
          return weight;
        });
        expectNear(walk(sgd, { learningRate: 0.1, momentum }, values), expected);
      }),
    );
  });
});

describe('adam', () => {
  test('corrects both moments for their start at zero', () => {
    fc.assert(
      fc.property(
        gradients,
        fc.constantFrom(0, 0.5, 0.9),
        fc.constantFrom(1e-8, 1e-2),
        (values, beta1, epsilon) => {
          const [beta2, rate] = [0.99, 0.001];
          let [m, v, weight] = [0, 0, 0];
          const expected = values.map((g, i) => {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            const [mHat, vHat] = [m / (1 - beta1 ** (i + 1)), v / (1 - beta2 ** (i + 1))];
            weight -= (rate * mHat) / (Math.sqrt(vHat) + epsilon);
            return weight;
          });
          expectNear(walk(adam, { learningRate: rate, beta1, beta2, epsilon }, values), expected);
        },
      ),
    );
  });

  test('takes a first step of the rate’s size, whatever the gradient', () => {
    for (const g of [1e-3, 1, 1e3]) expect(walk(adam, {}, [g])[0]).toBeCloseTo(-2e-4, 8);
  });
});

describe('rmsprop and adagrad', () => {
  test('divide by the root of squares remembered', () => {
    fc.assert(
      fc.property(gradients, (values) => {
        let [recent, all, slow, slower] = [0, 0, 0, 0];
        const expected = values.map((g) => {
          recent = 0.9 * recent + 0.1 * g * g;
          all += g * g;
          slow -= (0.01 * g) / (Math.sqrt(recent) + 1e-3);
          slower -= (0.01 * g) / (Math.sqrt(all) + 1e-3);
          return { slow, slower };
        });
        const given = { learningRate: 0.01, epsilon: 1e-3 };
        expectNear(
          walk(rmsprop, given, values),
          expected.map((each) => each.slow),
        );
        expectNear(
          walk(adagrad, given, values),
          expected.map((each) => each.slower),
        );
      }),
    );
  });
});

test('adamw decays weights beside adam’s step: without a gradient by the rate alone', () => {
  const given = { learningRate: 0.1, beta1: 0.9, weightDecay: 0.5 };
  const [first = 0, ...rest] = walk(adamw, given, [1, 0, 0]);
  const adams = walk(adam, { learningRate: 0.1, beta1: 0.9 }, [1, 0, 0]);
  expect(first).toBeCloseTo(adams[0] as number, 6);
  let weight = first;
  rest.forEach((got, i) => {
    weight += (adams[i + 1] as number) - (adams[i] as number) - 0.05 * weight;
    expect(got).toBeCloseTo(weight, 6);
  });
});

test('a caption shows the rate, or both ends of its ramp', () => {
  expect(rateCaption(adam.params.parse({}))).toBe('2e-4');
  const ramp = { learningRate: { from: 1e-3, to: 1e-5 } };
  expect(rateCaption(adam.params.parse(ramp))).toBe('1e-3 → 1e-5');
});
