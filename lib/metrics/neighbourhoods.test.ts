import { describe, expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { neighbourhoodFigures } from './neighbourhoods';

const ROWS = 800;
const MODES = 8;

/** The ring with some of its modes, in shares by `of`. */
function ring(seed: number, of: (row: number) => number): Float32Array {
  const stream = createStream('neighbourhoods', seed);
  return Float32Array.from({ length: 2 * ROWS }, (_, i) => {
    const angle = (2 * Math.PI * of(i >> 1)) / MODES;
    return 2 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + 0.05 * stream.normal();
  });
}
const every = (row: number) => row % MODES;
const data = ring(1, every);
const figures = (samples: Float32Array, k = 5) => neighbourhoodFigures(samples, data, 2, k);

describe('precision, recall, density and coverage', () => {
  test('of the data against themselves: all 1, and each ball holds its row and k more', () => {
    expect(figures(data)).toEqual({ precision: 1, recall: 1, density: 6 / 5, coverage: 1 });
  });

  test('of another draw: high precision and recall, density about 1', () => {
    const { precision, recall, density, coverage } = figures(ring(2, every));
    expect(precision).toBeGreaterThan(0.9);
    expect(recall).toBeGreaterThan(0.9);
    expect(Math.abs(density - 1)).toBeLessThan(0.1);
    expect(coverage).toBeGreaterThan(0.9);
  });

  test('of a copy that is moved away: nothing', () => {
    const moved = data.map((value) => value + 10);
    expect(figures(moved)).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 });
  });

  test('with a mode dropped: precise as before, an eighth of the data not covered', () => {
    const { precision, recall, coverage } = figures(ring(3, (row) => row % (MODES - 1)));
    expect(precision).toBeGreaterThan(0.9);
    expect(recall).toBeLessThan(7 / 8);
    expect(coverage).toBeLessThan(7 / 8);
    expect(coverage).toBeGreaterThan(0.8);
  });

  test('with unequal modes: precise as before, the rare ones covered less', () => {
    const { precision, coverage } = figures(ring(4, (row) => (row % 20 === 0 ? 1 + ((row / 20) % 7) : 0)));
    expect(precision).toBeGreaterThan(0.9);
    expect(coverage).toBeLessThan(0.6);
    expect(coverage).toBeGreaterThan(1 / 8);
  });

  test('of uniform noise: hardly precise, much of the data recalled', () => {
    const stream = createStream('noise');
    const noise = Float32Array.from({ length: 2 * ROWS }, () => 6 * stream.uniform() - 3);
    const { precision, density, recall } = figures(noise);
    expect(precision).toBeLessThan(0.15);
    expect(density).toBeLessThan(0.15);
    expect(recall).toBeGreaterThan(0.9);
  });

  test('a row on the rim is inside, and sets of fewer than k rows have balls of no size', () => {
    const line = Float32Array.of(0, 1, 3);
    // Radii for k = 1: 1, 1 and 2.
    expect(neighbourhoodFigures(Float32Array.of(-1), line, 1, 1)).toMatchObject({ precision: 1, density: 1 });
    expect(neighbourhoodFigures(Float32Array.of(-1.01), line, 1, 1)).toMatchObject({ precision: 0 });
    expect(neighbourhoodFigures(Float32Array.of(0), Float32Array.of(0, 9), 1, 5)).toMatchObject({
      precision: 1,
      recall: 0.5,
    });
  });
});
