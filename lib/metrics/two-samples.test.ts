import { describe, expect, it } from 'vitest';
import { createStream } from '@/lib/util/random';
import { processorTime } from '@/lib/util/testing/processor-time';
import { histogramDivergences } from './divergence';
import { meanDiscrepancy } from './mmd';

const normals = (n: number, seed: number, mean = 0, sd = 1) => {
  const stream = createStream(seed, 'two samples');
  return Float32Array.from({ length: n }, () => mean + sd * stream.normal());
};

const line = [[-5, 5]] as const;
const square = [...line, ...line] as const;

describe('divergences of histograms', () => {
  it('of Gaussians come near to theirs: KL μ² / 2', () => {
    const { kl, js } = histogramDivergences(normals(200_000, 1), normals(200_000, 2, 1), line, 50);
    expect(kl).toBeGreaterThan(0.45);
    expect(kl).toBeLessThan(0.52);
    // JS(N(0, 1), N(1, 1)) by integration
    expect(Math.abs(js - 0.111)).toBeLessThan(0.005);
  });

  it('of one distribution are nearly 0, of a sample with itself 0', () => {
    const a = normals(5_000, 3);
    expect(histogramDivergences(a, a, square, 20)).toEqual({ kl: 0, js: 0 });
    expect(histogramDivergences(a, normals(5_000, 4), line, 50).js).toBeLessThan(0.01);
  });

  it('of disjoint samples: JS ln 2, KL large and finite', () => {
    const { kl, js } = histogramDivergences(normals(5_000, 5), normals(5_000, 6, 100), line, 50);
    expect(Math.abs(js - Math.log(2))).toBeLessThan(0.03);
    expect(kl).toBeGreaterThan(5);
    expect(kl).toBeLessThan(20);
  });

  it('count what is not finite as outside', () => {
    const a = normals(1_000, 7);
    const { js } = histogramDivergences(
      a,
      a.map(() => Number.NaN),
      line,
      20,
    );
    expect(js).toBeGreaterThan(0.6);
  });
});

describe('mean discrepancy', () => {
  it('of two Gaussians is that of the kernel’s closed form', () => {
    const [a, b] = [normals(2_000, 8, 1.5), normals(2_000, 9)];
    // E exp(-(x - y)² / 2h²) for x - y ~ N(m, 2): h / √(h² + 2) exp(-m² / 2(h² + 2)); h the median of |x - y|
    const h2 = 2 * 0.4549;
    const kernel = (m: number) => Math.sqrt(h2 / (h2 + 2)) * Math.exp((-m * m) / (2 * (h2 + 2)));
    const expected = Math.sqrt(2 * kernel(0) - 2 * kernel(1.5));
    expect(Math.abs(meanDiscrepancy(a, b, 1) - expected)).toBeLessThan(0.04);
  });

  it('of one distribution is near 0, of far samples near its most', () => {
    expect(meanDiscrepancy(normals(2_000, 10), normals(2_000, 11), 2)).toBeLessThan(0.06);
    const point = new Float32Array(100).fill(50);
    expect(meanDiscrepancy(point, normals(2_000, 12), 1)).toBeGreaterThan(1);
  });

  it('leaves out what is not finite, and has no value without two rows', () => {
    const a = normals(100, 13);
    const holed = Float32Array.from([...a, Number.NaN]);
    expect(meanDiscrepancy(holed, a, 1)).toBe(meanDiscrepancy(a, a, 1));
    expect(meanDiscrepancy(a.slice(0, 1), a, 1)).toBeNaN();
  });

  it('of 2,500 images of 28 px takes under 4 s', () => {
    const images = normals(2_500 * 784, 14);
    const started = processorTime();
    meanDiscrepancy(images, images, 784);
    expect(processorTime() - started).toBeLessThan(4000);
  });
});
