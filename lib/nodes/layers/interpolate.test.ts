import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { createStream } from '@/lib/util/random';
import type { Tensor, Tf } from '../define';
import { interpolate } from './interpolate';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

function between(a: number[][], b: number[][], given: Record<string, unknown>): number[][] {
  return tf.tidy(() => {
    const { out } = interpolate.apply(tf, {
      params: interpolate.params.parse(given) as never,
      inputs: { a: tf.tensor2d(a), b: tf.tensor2d(b) },
      weights: {},
      buffers: {},
      context: { mode: 'train', seed: () => 1 },
    }).outputs;
    return (out as Tensor).arraySync() as number[][];
  });
}

const length = (row: readonly number[]) => Math.hypot(...row);

describe('a point at a given place', () => {
  test('is b at 0 and a at 1, along both paths', () => {
    for (const path of ['linear', 'spherical']) {
      const [start = [], end = []] = [0, 1].map((at) => between([[3, 0]], [[0, 2]], { path, at })[0]);
      expect(start[0]).toBeCloseTo(0, 5);
      expect(start[1]).toBeCloseTo(2, 5);
      expect(end[0]).toBeCloseTo(3, 5);
      expect(end[1]).toBeCloseTo(0, 5);
    }
  });

  test('on the arc between directions keeps their length', () => {
    const [middle = []] = between([[1, 0]], [[0, 1]], { path: 'spherical', at: 0.5 });
    expect(middle[0]).toBeCloseTo(Math.SQRT1_2, 5);
    expect(length(middle)).toBeCloseTo(1, 5);
    expect(length(between([[1, 0]], [[0, 1]], { at: 0.5 })[0] ?? [])).toBeCloseTo(Math.SQRT1_2, 5);
  });

  test('between Gaussians of 100 numbers is 7.05 long in the middle of the line, 9.99 on the arc', () => {
    const stream = createStream('slerp');
    const draw = () => Array.from({ length: 400 }, () => Array.from({ length: 100 }, () => stream.normal()));
    const [a, b] = [draw(), draw()];
    const mean = (path: string) =>
      between(a, b, { path, at: 0.5 }).reduce((sum, row) => sum + length(row) / 400, 0);
    expect(Math.abs(mean('linear') - 7.05)).toBeLessThan(0.1);
    expect(Math.abs(mean('spherical') - 9.99)).toBeLessThan(0.1);
  });

  test('is on the line where ends are alike or opposite, or none: no NaN, no infinite slope', () => {
    const ends = [[[1, 2]], [[-1, -2]], [[0, 0]], [[2, 4]]];
    for (const b of ends) {
      const [middle = []] = between([[1, 2]], b, { path: 'spherical', at: 0.5 });
      expect(middle.every(Number.isFinite)).toBe(true);
      const slope = tf.tidy(() => {
        const f = (x: Tensor) =>
          tf.sum(
            interpolate.apply(tf, {
              params: interpolate.params.parse({ path: 'spherical', at: 0.5 }) as never,
              inputs: { a: x, b: tf.tensor2d(b) },
              weights: {},
              buffers: {},
              context: { mode: 'train', seed: () => 1 },
            }).outputs.out as Tensor,
          );
        return [
          ...tf
            .grad(f)(tf.tensor2d([[1, 2]]))
            .dataSync(),
        ];
      });
      expect(slope.every(Number.isFinite)).toBe(true);
    }
    expect(between([[1, 2]], [[-1, -2]], { path: 'spherical', at: 0.5 })).toEqual([[0, 0]]);
  });
});
