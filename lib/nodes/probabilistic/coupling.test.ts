import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { isProblem, type LayerDefinition, type Tensor, type Tensors, type Tf } from '../define';
import { applyKind } from '../testing/apply-kind';
import { logAbsDet } from '../testing/log-abs-det';
import { coupling } from './coupling';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const SIZE = 5;
const masks = ['even', 'odd', 'first', 'second'] as const;
const layer = coupling as unknown as LayerDefinition;

/** Weights of no small size, so that scales and shifts are not near those of the identity. */
const weightsOf = (params: unknown): Tensors =>
  Object.fromEntries(
    layer
      .weights(params as never, { in: shape([SIZE]) })
      .map(({ name, shape: dims }, i) => [name, tf.randomNormal([...dims], 0, 0.8, 'float32', 3 + i)]),
  );

function flow(params: unknown, weights: Tensors, tensor: Tensor, direction: 'forward' | 'inverse') {
  const args = {
    params: params as never,
    weights,
    buffers: {},
    inputs: { [direction === 'forward' ? 'in' : 'out']: tensor },
    context: { mode: 'train' as const, seed: () => 1 },
    shapes: { in: shape([SIZE]) },
  };
  const { tensors, logDet } = defined(layer.flow, 'a flow')(tf, args, direction);
  return { tensor: tensors[direction === 'forward' ? 'out' : 'in'] as Tensor, logDet };
}

describe.each(masks)('coupling, %s', (mask) => {
  const params = coupling.params.parse({ units: 8, mask });

  test('the inverse undoes it, and its log-determinant is the negative', () => {
    tf.tidy(() => {
      const weights = weightsOf(params);
      const x = tf.randomNormal([64, SIZE], 0, 1, 'float32', 23);
      const there = flow(params, weights, x, 'forward');
      const back = flow(params, weights, there.tensor, 'inverse');
      expect(tf.max(tf.abs(tf.sub(back.tensor, x))).dataSync()[0]).toBeLessThan(1e-5);
      expect(tf.max(tf.abs(tf.add(back.logDet, there.logDet))).dataSync()[0]).toBeLessThan(1e-5);
      expect(tf.max(tf.abs(tf.sub(there.tensor, x))).dataSync()[0]).toBeGreaterThan(0.5);
    });
  });

  test('the log-determinant is that of the Jacobian', () => {
    tf.tidy(() => {
      const weights = weightsOf(params);
      const x = tf.randomNormal([1, SIZE], 0, 1, 'float32', 29);
      const jacobian = Array.from({ length: SIZE }, (_, i) => {
        const output = (at: Tensor) =>
          tf.sum(
            tf.slice(
              applyKind(tf, coupling, { in: at }, { params: { units: 8, mask }, weights }),
              [0, i],
              [1, 1],
            ),
          );
        return Array.from(tf.grad(output)(x).dataSync());
      });
      const { logDet } = flow(params, weights, x, 'forward');
      expect(Math.abs((logDet.dataSync()[0] as number) - logAbsDet(jacobian))).toBeLessThan(1e-5);
    });
  });

  test('starts as the identity', () => {
    tf.tidy(() => {
      const x = tf.randomNormal([4, SIZE], 0, 1, 'float32', 31);
      const y = applyKind(tf, coupling, { in: x }, { params: { mask } });
      expect(tf.max(tf.abs(tf.sub(y, x))).dataSync()[0]).toBe(0);
    });
  });
});

test('a single number has no other to steer it', () => {
  const inferred = layer.infer(layer.params.parse({}), { in: shape([1]) });
  expect(isProblem(inferred) && inferred.problem.message).toBe(
    'Coupling takes a vector of two numbers or more, but gets [1].',
  );
});
