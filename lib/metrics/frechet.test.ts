import { describe, expect, it } from 'vitest';
import { createStream } from '@/lib/util/random';
import { trainClassifier } from './classifier';
import { eigen, frechetDistance } from './frechet';
import { shrinkImages } from './shrink';

const normals = (n: number, ...key: number[]) => {
  const stream = createStream('frechet', ...key);
  return Float32Array.from({ length: n }, () => stream.normal());
};

describe('eigen', () => {
  it('takes a symmetric matrix apart and back together', () => {
    const size = 6;
    const half = normals(36, 1);
    const matrix = Float64Array.from(half, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return (half[i * size + j] as number) + (half[j * size + i] as number);
    });
    const { values, vectors } = eigen(matrix, size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        let sum = 0;
        let dot = 0;
        for (let k = 0; k < size; k++) {
          sum +=
            (vectors[i * size + k] as number) * (values[k] as number) * (vectors[j * size + k] as number);
          dot += (vectors[k * size + i] as number) * (vectors[k * size + j] as number);
        }
        expect(sum).toBeCloseTo(matrix[i * size + j] as number, 9);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 9);
      }
  });
});

describe('the Fréchet distance', () => {
  it('of a sample with itself is 0, with a shifted one the square of the shift', () => {
    const a = normals(3_000, 2);
    expect(frechetDistance(a, a, 3)).toBeCloseTo(0, 6);
    const moved = a.map((value, i) => (i % 3 === 0 ? value + 2 : value));
    expect(frechetDistance(a, moved, 3)).toBeCloseTo(4, 4);
  });

  it('of two widths is the square of their difference, axis by axis', () => {
    const a = normals(4_000, 3);
    const scaled = a.map((value, i) => value * (i % 2 === 0 ? 3 : 0.5));
    const spread = (axis: number) => {
      const values = a.filter((_, i) => i % 2 === axis);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    };
    // Scaled by a diagonal D: the roots do not commute unless Σ is diagonal, which it is but for chance.
    expect(frechetDistance(a, scaled, 2)).toBeCloseTo(4 * spread(0) + 0.25 * spread(1), 1);
  });

  it('does not change when both are turned', () => {
    const [a, b] = [normals(2_000, 4), normals(2_000, 5).map((value, i) => value * (i % 2 === 0 ? 2 : 1))];
    const turned = (rows: Float32Array) =>
      rows.map((value, i) => {
        const other = rows[i % 2 === 0 ? i + 1 : i - 1] as number;
        return i % 2 === 0 ? 0.6 * value - 0.8 * other : 0.6 * value + 0.8 * other;
      });
    expect(frechetDistance(turned(a), turned(b), 2)).toBeCloseTo(frechetDistance(a, b, 2), 4);
  });
});

describe('the classifier', () => {
  const clusters = (rows: number, seed: number) => {
    const stream = createStream('clusters', seed);
    const classes = Int32Array.from({ length: rows }, () => stream.integer(3));
    const x = Float32Array.from({ length: 2 * rows }, (_, i) => {
      const angle = (2 * Math.PI * (classes[i >> 1] as number)) / 3;
      return 100 + 5 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + stream.normal();
    });
    return { x, classes };
  };

  it('learns clusters, and is the same for the same stream', () => {
    const train = () => trainClassifier(clusters(600, 1), 2, 3, 10, createStream('weights'));
    const test = clusters(500, 2);
    const [first, second] = [train(), train()];
    const found = first.classify(test.x);
    const wrong = found.filter((k, row) => k !== test.classes[row]).length;
    expect(wrong / 500).toBeLessThan(0.01);
    expect(second.featuresOf(test.x)).toEqual(first.featuresOf(test.x));
    expect([...first.classify(Float32Array.of(Number.NaN, 0))]).toEqual([-1]);
  });
});

it('images are made smaller by means; what is left over is cut off', () => {
  const image = Float32Array.of(1, 3, 9, 5, 7, 9, 9, 9, 9);
  expect([...shrinkImages(image, [3, 3, 1], 2)]).toEqual([4]);
  expect(shrinkImages(image, [3, 3, 1], 1)).toBe(image);
  const colours = Float32Array.of(1, 10, 3, 20, 5, 30, 7, 40);
  expect([...shrinkImages(colours, [2, 2, 2], 2)]).toEqual([4, 25]);
});
