import { expect, it } from 'vitest';
import { valueFigures } from './value';

it('gives mean, deviation over n, and range', () => {
  expect(valueFigures(Float32Array.of(1, 2, 3, 4))).toEqual({
    mean: 2.5,
    sd: Math.sqrt(1.25),
    min: 1,
    max: 4,
  });
  expect(valueFigures(Float32Array.of(7))).toEqual({ mean: 7, sd: 0, min: 7, max: 7 });
});

it('keeps its precision far from zero', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => 1e6 + (i % 2));
  expect(valueFigures(values)).toEqual({ mean: 1e6 + 0.5, sd: 0.5, min: 1e6, max: 1e6 + 1 });
});

it('leaves out what is not finite', () => {
  expect(valueFigures(Float32Array.of(1, Number.NaN, 3, Number.NEGATIVE_INFINITY))).toEqual({
    mean: 2,
    sd: 1,
    min: 1,
    max: 3,
  });
  for (const figure of Object.values(valueFigures(new Float32Array(0)))) expect(figure).toBeNaN();
});
