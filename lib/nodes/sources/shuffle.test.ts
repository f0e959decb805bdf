import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { Tf } from '../define';
import { applyKind } from '../testing/apply-kind';
import { shuffle } from './shuffle';

describe.each(['cpu', 'wasm'] as const)('shuffle on %s', (backend) => {
  let tf: Tf;
  beforeAll(async () => {
    tf = (await startBackend(backend)).tf;
  });

  const orderOf = (seed: number, rows: number): number[] =>
    tf.tidy(() => {
      const x = tf.tensor(
        Array.from({ length: 2 * rows }, (_, i) => Math.floor(i / 2)),
        [rows, 2, 1],
      );
      const found = Array.from(applyKind(tf, shuffle, { in: x }, { seed }).dataSync());
      // Rows stay whole.
      found.forEach((value, i) => {
        expect(value).toBe(found[i - (i % 2)]);
      });
      return found.filter((_, i) => i % 2 === 0);
    });

  test('gives every row once, in an order that its stream alone decides', () => {
    const order = orderOf(1, 100);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    expect(orderOf(1, 100)).toEqual(order);
    expect(orderOf(2, 100)).not.toEqual(order);
  });

  test('gives each order as often', () => {
    const counts = new Map<string, number>();
    const RUNS = 1200;
    for (let seed = 1; seed <= RUNS; seed++) {
      const order = orderOf(seed, 3).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Within 5 standard deviations of a sixth.
    for (const count of counts.values())
      expect(Math.abs(count - RUNS / 6)).toBeLessThan(5 * Math.sqrt((RUNS * 5) / 36));
  });
});
