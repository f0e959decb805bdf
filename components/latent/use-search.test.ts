import { expect, test } from 'vitest';
import { distanceTo } from './use-search';

test('what counts for more is more of the distance', () => {
  const [target, sample] = [Float32Array.of(1, 0), Float32Array.of(0, 0)];
  expect(distanceTo({ target }, sample)).toBeCloseTo(Math.sqrt(1 / 2), 6);
  expect(distanceTo({ target, mask: Float32Array.of(3, 1) }, sample)).toBeCloseTo(Math.sqrt(3 / 4), 6);
  expect(distanceTo({ target, mask: Float32Array.of(0, 1) }, sample)).toBe(0);
});
