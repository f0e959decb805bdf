import { expect, it } from 'vitest';
import { meanAndSd } from './value';

it('gives mean and deviation over n', () => {
  expect(meanAndSd(Float32Array.of(1, 2, 3, 4))).toEqual({ mean: 2.5, sd: Math.sqrt(1.25) });
  expect(meanAndSd(Float32Array.of(7))).toEqual({ mean: 7, sd: 0 });
});

it('keeps its precision far from zero', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => 1e6 + (i % 2));
  expect(meanAndSd(values)).toEqual({ mean: 1e6 + 0.5, sd: 0.5 });
});

it('leaves out what is not finite', () => {
  expect(meanAndSd(Float32Array.of(1, Number.NaN, 3, Number.NEGATIVE_INFINITY))).toEqual({ mean: 2, sd: 1 });
  expect(meanAndSd(new Float32Array(0)).mean).toBeNaN();
});
