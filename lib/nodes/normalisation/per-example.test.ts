import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { isProblem, type LayerDefinition, type Tensor, type Tf } from '../define';
import { resolveParams } from '../params';
import { batchNorm } from './batch-norm';
import { instanceNorm } from './instance-norm';
import { layerNorm } from './layer-norm';
import { pixelNorm } from './pixel-norm';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const apply = (norm: unknown, x: Tensor) => {
  const definition = norm as LayerDefinition;
  const params = resolveParams(definition.params.parse({}), 0);
  const specs = definition.weights?.(params as never, { in: shape(x.shape.slice(1)) }) ?? [];
  const weights = Object.fromEntries(
    specs.map(({ name, shape: dims }) => [name, name === 'gamma' ? tf.ones([...dims]) : tf.zeros([...dims])]),
  );
  const context = { mode: 'train' as const, seed: () => 1 };
  return definition.apply(tf, { params, inputs: { in: x }, weights, buffers: {}, context }).outputs
    .out as Tensor;
};

/** The first row's result, alone and in company. */
const differenceInCompany = (norm: unknown) =>
  tf.tidy(() => {
    const all = tf.randomNormal([4, 3, 3, 2], 1, 2, 'float32', 7);
    const alone = apply(norm, tf.slice(all, 0, 1));
    const inCompany = tf.slice(apply(norm, all), 0, 1);
    return tf.max(tf.abs(tf.sub(alone, inCompany))).dataSync()[0] as number;
  });

describe('by each example’s own statistics', () => {
  test.each([layerNorm, instanceNorm, pixelNorm])(
    '$kind: one example does not depend on the others',
    (norm) => {
      expect(differenceInCompany(norm)).toBeLessThan(1e-6);
    },
  );

  test('batch norm: it does', () => {
    expect(differenceInCompany(batchNorm)).toBeGreaterThan(0.1);
  });

  test('what is normalised has mean 0 and variance 1, or mean square 1', () => {
    tf.tidy(() => {
      const x = tf.randomNormal([2, 4, 4, 3], 3, 2, 'float32', 11);
      const spread = (y: Tensor, axes: number[]) => {
        const { mean, variance } = tf.moments(y, axes);
        return [...mean.dataSync(), ...Array.from(variance.dataSync(), (value) => value - 1)].map(Math.abs);
      };
      expect(Math.max(...spread(apply(layerNorm, x), [1, 2, 3]))).toBeLessThan(1e-4);
      expect(Math.max(...spread(apply(instanceNorm, x), [1, 2]))).toBeLessThan(1e-4);
      const squares = tf.mean(tf.square(apply(pixelNorm, x)), -1).dataSync();
      expect(Math.max(...Array.from(squares, (value) => Math.abs(value - 1)))).toBeLessThan(1e-5);
    });
  });

  test('instance norm of a vector is refused', () => {
    const inferred = instanceNorm.infer({ epsilon: 1e-5 }, { in: shape([8]) });
    expect(isProblem(inferred) && inferred.problem.message).toMatch(/\[8\] has one place per channel/);
  });
});
