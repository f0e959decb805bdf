import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { isProblem, type OpDefinition, type Tensor, type Tf } from '../define';
import { stopGradient } from '../network/stop-gradient';
import { resolveParams } from '../params';
import { add } from './add';
import { concat } from './concat';
import { multiply } from './multiply';
import { subtract } from './subtract';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const inferMany = (op: unknown, given: Record<string, unknown>, ...all: readonly (readonly number[])[]) => {
  const { params, infer } = op as OpDefinition;
  const inferred = infer(params.parse(given), { in: all.map((dims) => shape(dims)) });
  return isProblem(inferred) ? inferred.problem.message : inferred.out?.dims;
};

const context = { mode: 'train' as const, seed: () => 1 };
const apply = (
  op: unknown,
  inputs: Record<string, Tensor | Tensor[]>,
  given: Record<string, unknown> = {},
) => {
  const definition = op as OpDefinition;
  const params = resolveParams(definition.params.parse(given), 0);
  return definition.apply(tf, { params, inputs, weights: {}, buffers: {}, context }).outputs.out as Tensor;
};

describe('concat', () => {
  test('lays along the last axis, or another', () => {
    expect(inferMany(concat, {}, [4], [3], [1])).toEqual([8]);
    expect(inferMany(concat, {}, [2, 2, 3], [2, 2, 1])).toEqual([2, 2, 4]);
    expect(inferMany(concat, { axis: 0 }, [2, 2, 3], [5, 2, 3])).toEqual([7, 2, 3]);
    expect(inferMany(concat, { axis: -3 }, [2, 2, 3], [5, 2, 3])).toEqual([7, 2, 3]);
  });

  test('repeats a vector at every pixel, wherever it stands', () => {
    expect(inferMany(concat, {}, [10], [2, 3, 1])).toEqual([2, 3, 11]);
    tf.tidy(() => {
      const image = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
      const label = tf.tensor2d([8, 9], [1, 2]);
      const out = apply(concat, { in: [label, image] });
      expect(out.shape).toEqual([1, 2, 2, 3]);
      expect([...out.dataSync()]).toEqual([8, 9, 1, 8, 9, 2, 8, 9, 3, 8, 9, 4]);
    });
  });

  test('refuses what does not lie side by side, with both shapes', () => {
    expect(inferMany(concat, {}, [2, 2, 3], [3, 2, 3])).toMatch(/\[2, 2, 3\] beside \[3, 2, 3\]/);
    expect(inferMany(concat, { axis: 0 }, [2, 2, 3], [3])).toMatch(/beside \[3\]/);
    expect(inferMany(concat, {}, [2, 2, 3], [2, 3])).toMatch(/beside \[2, 3\]/);
    expect(inferMany(concat, { axis: 1 }, [4], [4])).toMatch(/axis 1 needs tensors of more axes than \[4\]/);
  });
});

test('element by element: shapes must be alike', () => {
  for (const op of [add, multiply]) {
    expect(inferMany(op, {}, [2, 2], [2, 2])).toEqual([2, 2]);
    expect(inferMany(op, {}, [2, 2], [2, 2], [2])).toMatch(/\[2, 2\] meets \[2\]/);
  }
  tf.tidy(() => {
    const [a, b, c] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4]]), tf.tensor2d([[5, 6]])];
    expect([...apply(add, { in: [a, b, c] }).dataSync()]).toEqual([9, 12]);
    expect([...apply(multiply, { in: [a, b, c] }).dataSync()]).toEqual([15, 48]);
    expect([...apply(subtract, { a: c, b: a }).dataSync()]).toEqual([4, 4]);
  });
});

test('no gradient passes a stop, and other ways stay open', () => {
  tf.tidy(() => {
    const x = tf.tensor2d([[3, -1]]);
    const through = tf.grad((at: Tensor) => tf.sum(tf.square(apply(stopGradient, { in: at }))))(x);
    expect([...through.dataSync()].map(Math.abs)).toEqual([0, 0]);
    // d (x · stop(x)) = stop(x)
    const beside = tf.grad((at: Tensor) => tf.sum(tf.mul(at, apply(stopGradient, { in: at }))))(x);
    expect([...beside.dataSync()]).toEqual([3, -1]);
  });
});
