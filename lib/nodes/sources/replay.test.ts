import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import type { Tensor, Tensors, Tf } from '../define';
import { replay } from './replay';

interface Numbers {
  readonly slots: readonly number[];
  readonly coins: readonly number[];
}

/** The pool of the paper's code on plain arrays, one example after the other; only the slots are dealt apart. */
function createPool({ size, share }: { size: number; share: number }) {
  const pool: number[] = [];
  return {
    pool,
    query(batch: readonly number[], { slots, coins }: Numbers): number[] {
      const order = slots.map((_, slot) => slot).sort((a, b) => (slots[b] ?? 0) - (slots[a] ?? 0));
      const isFull = pool.length === size;
      return batch.map((x, i) => {
        if (i >= size) return x;
        if (!isFull) {
          if (pool.length < size) pool.push(x);
          return x;
        }
        if ((coins[i] ?? 1) >= share) return x;
        const slot = defined(order[i], 'a slot');
        const old = defined(pool[slot], 'an earlier value');
        pool[slot] = x;
        return old;
      });
    },
  };
}

describe.each(['cpu', 'wasm'] as const)('replay on %s', (backend) => {
  let tf: Tf;
  beforeAll(async () => {
    tf = (await startBackend(backend)).tf;
  });

  const seedOf = (update: number) => (purpose: string) => createStream('replay', update, purpose).seed();

  /** The uniform numbers that an update draws. */
  const numbersOf = (update: number, size: number, count: number): Numbers => {
    const draw = (n: number, purpose: string) =>
      Array.from(tf.randomUniform([n], 0, 1, 'float32', seedOf(update)(purpose) + 1).dataSync());
    return { slots: draw(size, 'slots'), coins: draw(count, 'coins') };
  };

  const apply = (params: { size: number; share: number }, buffers: Tensors, x: Tensor, update: number) =>
    replay.apply(tf, {
      params,
      weights: {},
      buffers,
      inputs: { in: x },
      context: { mode: 'train', seed: seedOf(update) },
    });

  const empty = (size: number, ...dims: number[]): Tensors => ({
    pool: tf.zeros([size, ...dims]),
    filled: tf.zeros([1]),
  });

  test.each([
    ['larger than the batch', 10, 4],
    ['smaller than the batch', 3, 5],
    ['as large as the batch', 4, 4],
    ['of one', 1, 2],
  ])('a pool %s gives what one on plain arrays gives, for 60 updates', (_, size, rows) => {
    const params = { size, share: 0.5 };
    const paper = createPool(params);
    let buffers = empty(size, 2, 1);
    let swapped = 0;
    for (let update = 0; update < 60; update++) {
      const batch = Array.from({ length: rows }, (_, i) => update * rows + i + 1);
      const x = tf.tensor(
        batch.flatMap((value) => [value, -value]),
        [rows, 2, 1],
      );
      const { outputs, observed } = apply(params, buffers, x, update);
      const expected = paper.query(batch, numbersOf(update, size, Math.min(rows, size)));
      swapped += expected.filter((value, i) => value !== batch[i]).length;
      const wide = (list: readonly number[]) => list.flatMap((value) => [value, -value]);
      expect(Array.from((outputs.out as Tensor).dataSync())).toEqual(wide(expected));
      buffers = replay.advance?.(tf, params, buffers, defined(observed, 'what was seen')) ?? {};
      const kept = Array.from((buffers.pool as Tensor).dataSync()).slice(0, 2 * paper.pool.length);
      expect(kept).toEqual(wide(paper.pool));
      expect((buffers.filled as Tensor).dataSync()[0]).toBe(paper.pool.length);
    }
    // About half of those that have a slot; within 5 standard deviations.
    const tries = Math.min(rows, size) * (60 - Math.ceil(size / rows));
    expect(Math.abs(swapped - tries / 2)).toBeLessThan(5 * Math.sqrt(tries / 4));
  });

  test('earlier values are constants: the gradient goes to fresh rows alone', () => {
    tf.tidy(() => {
      const params = { size: 8, share: 0.5 };
      const buffers = { pool: tf.fill([8, 3], -7), filled: tf.tensor1d([8]) };
      const x = tf.randomNormal([8, 3], 0, 1, 'float32', 5);
      const out = apply(params, buffers, x, 1).outputs.out as Tensor;
      const isOld = Array.from(out.dataSync(), (value) => value === -7);
      expect(new Set(isOld)).toEqual(new Set([true, false]));
      const squares = (at: Tensor) => tf.sum(tf.square(apply(params, buffers, at, 1).outputs.out as Tensor));
      const [gradient, numbers] = [tf.grad(squares)(x).dataSync(), x.dataSync()];
      isOld.forEach((old, i) => {
        expect(gradient[i]).toBeCloseTo(old ? 0 : 2 * (numbers[i] as number), 5);
      });
    });
  });

  test('in eval mode everything passes', () => {
    const params = { size: 2, share: 1 };
    const buffers = { pool: tf.fill([2, 1], 9), filled: tf.tensor1d([2]) };
    const x = tf.tensor2d([[1], [2], [3]]);
    const context = { mode: 'eval' as const, seed: seedOf(1) };
    const { outputs, observed } = replay.apply(tf, {
      params,
      weights: {},
      buffers,
      inputs: { in: x },
      context,
    });
    expect(outputs.out).toBe(x);
    expect(observed).toBeUndefined();
  });
});
