import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import { isProblem, type OpDefinition, type Tensor, type Tf } from '../define';
import { applyKind } from '../testing/apply-kind';
import { batchMoments } from './batch-moments';
import { minibatchDiscrimination } from './minibatch-discrimination';
import { minibatchStddev } from './minibatch-stddev';
import { pack } from './pack';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const normals = (dims: number[], key: string | number): Tensor => {
  const stream = createStream('batch', key);
  const size = dims.reduce((product, dim) => product * dim, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => stream.normal()),
    dims,
  );
};

/** What was added: the last channel of each row. */
const added = (y: Tensor, channels = 1): number[] => {
  const size = y.shape.at(-1) as number;
  return Array.from(y.dataSync()).filter((_, i) => i % size >= size - channels);
};

describe('minibatch deviation', () => {
  test('of equal examples it is √1e-8', () => {
    tf.tidy(() => {
      const y = applyKind(tf, minibatchStddev, { in: tf.fill([4, 3], 0.7) });
      for (const value of added(y)) expect(value).toBeCloseTo(1e-4, 7);
    });
  });

  test('of standard normals in groups of four it is √(2/4) Γ(2) / Γ(3/2) in the mean', () => {
    const expected = Math.sqrt(2 / 4) / (Math.sqrt(Math.PI) / 2);
    expect(expected).toBeCloseTo(0.79788, 5);
    tf.tidy(() => {
      const y = added(applyKind(tf, minibatchStddev, { in: normals([400, 400], 'deviation') }));
      const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
      // 40,000 deviations of sd 0.34: four standard errors.
      expect(Math.abs(mean - expected)).toBeLessThan(0.007);
    });
  });

  test.each(['scalar', 'per-feature'])('%s: another group’s examples change nothing', (form) => {
    tf.tidy(() => {
      const x = normals([8, 2, 2, 3], 'groups');
      // Groups are rows 0, 2, 4, 6 and 1, 3, 5, 7.
      const odd = tf.reshape(tf.tensor([0, 1, 0, 1, 0, 1, 0, 1]), [8, 1, 1, 1]);
      const moved = tf.add(x, tf.mul(normals([8, 2, 2, 3], 'moved'), odd));
      const [before, after] = [x, moved].map((input) =>
        applyKind(tf, minibatchStddev, { in: input }, { params: { form } }),
      ) as [Tensor, Tensor];
      const change = Array.from(tf.max(tf.abs(tf.sub(after, before)), [1, 2, 3]).dataSync());
      expect(change.filter((_, row) => row % 2 === 0)).toEqual([0, 0, 0, 0]);
      expect(Math.min(...change.filter((_, row) => row % 2 === 1))).toBeGreaterThan(0.01);
    });
  });

  test('takes the next smaller group where the batch does not divide', () => {
    tf.tidy(() => {
      const x = normals([6, 5], 'six');
      const by = (groupSize: number) =>
        Array.from(applyKind(tf, minibatchStddev, { in: x }, { params: { groupSize } }).dataSync());
      expect(by(4)).toEqual(by(3));
      expect(by(64)).toEqual(by(6));
    });
  });
});

describe('minibatch discrimination', () => {
  test('a batch of n equal examples gives n - 1 in each kernel', () => {
    tf.tidy(() => {
      const x = tf.tile(normals([1, 4], 'equal'), [7, 1]);
      const y = applyKind(tf, minibatchDiscrimination, { in: x }, { params: { kernels: 3, dimensions: 2 } });
      expect(y.shape).toEqual([7, 7]);
      for (const value of added(y, 3)) expect(value).toBeCloseTo(6, 6);
    });
  });

  test('is the sum over the other examples, written out', () => {
    tf.tidy(() => {
      const x = normals([3, 2], 'x');
      const kernel = normals([2, 4], 'kernel'); // two kernels of two dimensions
      const params = { kernels: 2, dimensions: 2 };
      const y = applyKind(tf, minibatchDiscrimination, { in: x }, { params, weights: { kernel } });
      const m = tf.matMul(x, kernel).arraySync() as number[][];
      const at = (i: number, k: number) => m[i]?.[k] as number;
      const expected = [0, 1, 2].flatMap((i) =>
        [0, 1].map((b) =>
          [0, 1, 2]
            .filter((j) => j !== i)
            .map((j) => [2 * b, 2 * b + 1].reduce((sum, k) => sum + Math.abs(at(i, k) - at(j, k)), 0))
            .reduce((sum, apart) => sum + Math.exp(-apart), 0),
        ),
      );
      added(y, 2).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] as number, 5);
      });
    });
  });
});

describe('pack', () => {
  test('lays neighbours side by side and leaves out what fills no pack', () => {
    tf.tidy(() => {
      const x = tf.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 1, 2, 1]);
      const y = applyKind(tf, pack, { in: x });
      expect(y.shape).toEqual([2, 1, 2, 2]);
      expect([...y.dataSync()]).toEqual([1, 3, 2, 4, 5, 7, 6, 8]);
    });
  });

  test('divides the batch, and refuses a single row', () => {
    const infer = (batch: number | 'one') =>
      (pack as unknown as OpDefinition).infer({ m: 2 }, { in: shape([3], batch) });
    expect(infer(2)).toEqual({ out: shape([6], 4) });
    const refused = infer('one');
    expect(isProblem(refused) && refused.problem.code).toBe('batch-too-small');
  });
});

describe('batch moments', () => {
  test('of a uniform grid: mean, deviation, no skew, an excess kurtosis of -1.2', () => {
    tf.tidy(() => {
      const n = 1000;
      const x = tf.tensor2d(
        Array.from({ length: n }, (_, i) => 4 + (i + 0.5) / n),
        [n, 1],
      );
      const [mean, deviation, skew, kurtosis] = applyKind(tf, batchMoments, { in: x }).dataSync();
      expect(mean).toBeCloseTo(4.5, 5);
      expect(deviation).toBeCloseTo(Math.sqrt(1 / 12), 5);
      expect(skew).toBeCloseTo(0, 4);
      expect(kurtosis).toBeCloseTo(-1.2, 4);
    });
  });

  test('is one row, features together by moment', () => {
    tf.tidy(() => {
      const y = applyKind(tf, batchMoments, { in: tf.tensor2d([0, 10, 2, 14], [2, 2]) });
      expect(y.shape).toEqual([1, 8]);
      expect([...y.dataSync()].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([
        1, 12, 1, 2, 0, 0, -2, -2,
      ]);
    });
  });
});
