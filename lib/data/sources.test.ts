import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { paramMeta } from '@/lib/graph/param';
import { sizeOf } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import { processorTime } from '@/lib/util/testing/processor-time';
import type { Source } from './source';
import { dataSources, findSource } from './sources';

const each = dataSources.map((source): [string, Source] => [source.id, source]);

const draw = (id: string, rows: number, options = {}, seed = 1) => {
  const source = findSource(id) as Source;
  return source.draw(source.options.parse(options), rows, createStream(seed, id));
};

function moments(values: Float32Array, dims: number, axis: number) {
  let sum = 0;
  let squares = 0;
  for (let i = axis; i < values.length; i += dims) {
    sum += values[i] as number;
    squares += (values[i] as number) ** 2;
  }
  const n = values.length / dims;
  const mean = sum / n;
  return { mean, sd: Math.sqrt(squares / n - mean * mean) };
}

/** A value within or at the limits of one option's schema. */
function limits(schema: z.ZodType): { low?: number; high?: number } {
  const inner = (schema as z.ZodDefault<z.ZodNumber>).unwrap();
  return { low: inner.minValue ?? undefined, high: inner.maxValue ?? undefined };
}

describe.each(each)('%s', (_, source) => {
  const options = source.options.parse({});

  it('describes every option', () => {
    for (const schema of Object.values(source.options.shape)) {
      const meta = paramMeta(schema as z.ZodType);
      expect(meta.label.length).toBeGreaterThan(1);
      expect(meta.help).toMatch(/\.$/);
    }
    expect(source.summary).toMatch(/\.$/);
  });

  it('refuses unknown options', () => {
    expect(source.options.safeParse({ nonsense: 1 }).success).toBe(false);
  });

  it('fills its ports, finite, from the stream alone', () => {
    const ports = source.ports(options);
    const first = source.draw(options, 37, createStream(3));
    const again = source.draw(options, 37, createStream(3));
    const other = source.draw(options, 37, createStream(4));
    expect(first).toEqual(again);
    if (source.id !== 'point') expect(first.x).not.toEqual(other.x);
    for (const port of ['x', 'labels', 'target'] as const) {
      expect(first[port] !== undefined).toBe(ports[port] !== undefined);
      expect(first[port]?.length).toBe(ports[port] && 37 * sizeOf(ports[port]));
      expect(first[port]?.every(Number.isFinite) ?? true).toBe(true);
    }
  });

  it('gives labels one-hot in each attribute, that use every class as its share says, or equally', () => {
    const count = source.ports(options).labels?.[0];
    if (count === undefined) return;
    expect(source.classes?.(options)).toHaveLength(count);
    const attributes = source.truth?.(options).attributes?.map(({ values }) => values.length) ?? [];
    const groups = attributes.reduce((sum, size) => sum + size, 0) === count ? attributes : [count];
    const shareOf = groups.flatMap((size) => new Array<number>(size).fill(1 / size));
    const rows = 400 * count;
    const { labels } = source.draw(options, rows, createStream(5));
    const totals = new Array<number>(count).fill(0);
    for (let row = 0; row < rows; row++) {
      const hot = labels?.subarray(row * count, (row + 1) * count) as Float32Array;
      groups.reduce((start, size) => {
        const group = [...hot.subarray(start, start + size)].sort();
        expect(group).toEqual([...new Array<number>(size - 1).fill(0), 1]);
        return start + size;
      }, 0);
      hot.forEach((value, k) => {
        totals[k] = (totals[k] as number) + value;
      });
    }
    const weights = source.truth?.(options).modes?.weights ?? shareOf;
    // Binomial(400 K, w): five deviations of at most √(400 K w).
    totals.forEach((total, k) => {
      const expected = rows * (weights[k] as number);
      expect(Math.abs(total - expected)).toBeLessThan(5 * Math.sqrt(expected));
    });
  });

  it('draws at the limits of its options', () => {
    const fields = Object.entries(source.options.shape).filter(
      ([, schema]) => (schema as z.ZodDefault<z.ZodType>).unwrap().def.type === 'number',
    );
    for (const [name, schema] of fields) {
      const { low, high } = limits(schema as z.ZodType);
      expect(low, name).toBeGreaterThan(-1e6);
      expect(high, name).toBeLessThan(1e6);
      for (const value of [low, high]) {
        const extreme = source.options.parse({ [name]: value });
        const started = processorTime();
        const { x } = source.draw(extreme, 256, createStream(6));
        expect(x.every(Number.isFinite)).toBe(true);
        expect(processorTime() - started).toBeLessThan(1000);
      }
      for (const value of [(low as number) - 1, (high as number) + 1, Number.NaN])
        expect(source.options.safeParse({ [name]: value }).success).toBe(false);
    }
  });
});

describe('shares that cannot be', () => {
  const saysOf = (id: string, options: object) =>
    findSource(id)
      ?.options.safeParse(options)
      .error?.issues.map(({ path, message }) => [...path, message].join(' '));

  it('are refused with their sum', () => {
    const points = [[0], [1]];
    expect(saysOf('mixture', { points, weights: [0.5, 0.4] })).toEqual([
      'weights The 2 weights sum to 0.9; they must sum to 1',
    ]);
    expect(saysOf('mixture', { points, weights: [1] })).toEqual([
      'weights 2 points need 2 weights; there are 1',
    ]);
    expect(saysOf('mixture', { points: [[0], [1, 2]], weights: null })).toEqual([
      'points Point 2 has 2 coordinates, the first 1',
    ]);
    expect(saysOf('categorical', { probabilities: [0.7, 0.7] })).toEqual([
      'probabilities The 2 probabilities sum to 1.4; they must sum to 1',
    ]);
    expect(saysOf('linear-gaussian', { dims: 3, scales: [1, 1, 1] })).toEqual([
      'scales 3 hidden directions need more than 3 dimensions; there are 3',
    ]);
  });

  it('so are a factor that does not divide, and words without a pair', () => {
    expect(saysOf('low-to-high', { size: 18, factor: 4 })).toEqual([
      'factor A factor of 4 does not divide a size of 18: 4.5 pixels would be left',
    ]);
    const crosses = ['red cross', 'green cross', 'blue cross', 'yellow cross'];
    expect(saysOf('caption-to-shape', { exclude: crosses })).toEqual([
      'exclude All 4 pairs of "cross" are held out; one must be left',
    ]);
    expect(saysOf('caption-to-shape', { part: 'held-out' })).toEqual([
      'exclude No pair is held out, and only those are asked for',
    ]);
    expect(saysOf('caption-to-shape', { exclude: crosses, part: 'held-out' })).toBe(undefined);
  });

  it('are drawn where they can be: half, three tenths and two tenths', () => {
    const { x } = draw('mixture', 5_000);
    const high = x.filter((value, i) => i % 2 === 1 && value > 0.5).length / 5_000;
    expect(Math.abs(high - 0.2)).toBeLessThan(0.03);
    const { x: same } = draw('mixture', 50, { weights: null });
    expect(same.length).toBe(100);
  });
});

describe('images', () => {
  it('of low resolution are the block means of the large ones', () => {
    const { x, target } = draw('low-to-high', 50, { size: 24, factor: 3 });
    for (let row = 0; row < 50; row++)
      for (let block = 0; block < 64; block++) {
        const [top, left] = [3 * Math.floor(block / 8), 3 * (block % 8)];
        let sum = 0;
        for (let i = 0; i < 9; i++)
          sum += target?.[(row * 24 + top + Math.floor(i / 3)) * 24 + left + (i % 3)] ?? Number.NaN;
        expect(x[row * 64 + block]).toBeCloseTo(sum / 9, 5);
      }
    const share = (target ?? []).filter((value) => value > 0).length / (50 * 576);
    // Half axes of 2.5 to 5 sixteenths: π or 4 times ab over 256, about 0.2.
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
  });

  it('of captions that are held out show what the others do not', () => {
    const exclude = ['red cross', 'blue ring'];
    const pairs = (part: string) => {
      const { labels = [] } = draw('caption-to-shape', 400, { exclude, part });
      return new Set(
        Array.from({ length: 400 }, (_, row) => [...labels.slice(10 * row, 10 * row + 8)].join('')),
      );
    };
    const [seen, held, all] = [pairs('seen'), pairs('held-out'), pairs('all')];
    expect([seen.size, held.size, all.size]).toEqual([14, 2, 16]);
    expect([...held].some((pair) => seen.has(pair))).toBe(false);
  });

  it('of captions in the middle are one for each caption and size', () => {
    const { labels = [], target = new Float32Array() } = draw('caption-to-shape', 600, { places: 'middle' });
    const pairs = Array.from({ length: 600 }, (_, row) => ({
      caption: String(labels.slice(10 * row, 10 * row + 10)),
      image: String(target.subarray(768 * row, 768 * (row + 1))),
    }));
    expect(new Set(pairs.map(({ caption }) => caption)).size).toBe(32);
    expect(new Set(pairs.map(({ caption, image }) => caption + image)).size).toBe(64);
  });

  it('of solids are read at other sizes too; their mean is one solid', () => {
    const source = findSource('solids') as Source;
    const options = source.options.parse({ size: 12 });
    const { x } = source.draw(options, 300, createStream(4));
    const { read } = source.truth?.(options) ?? {};
    expect(read?.(x.subarray(0, 12 ** 3))).toMatchObject({ fit: 1, legal: true });
    const mean = new Float32Array(12 ** 3);
    x.forEach((value, i) => {
      mean[i % 12 ** 3] = (mean[i % 12 ** 3] as number) + value / 300;
    });
    expect(read?.(mean).fit).toBeLessThan(0.95);
  });

  it('of solids in the middle are twelve, all about one voxel but for Ls', () => {
    const source = findSource('solids') as Source;
    const options = source.options.parse({ places: 'middle' });
    const { x, labels } = source.draw(options, 300, createStream(5));
    const solids = Array.from({ length: 300 }, (_, row) => x.subarray(4096 * row, 4096 * (row + 1)));
    expect(new Set(solids.map(String)).size).toBe(12);
    for (const [row, solid] of solids.entries())
      expect(solid[7 * (256 + 16 + 1)]).toBe(labels?.[4 * row + 3] === 1 ? -1 : 1);
    const { read } = source.truth?.(options) ?? {};
    expect(solids.every((solid) => read?.(solid).fit === 1)).toBe(true);
    // A box that stands elsewhere is none of them.
    const elsewhere = source.draw(source.options.parse({}), 50, createStream(5)).x;
    const fits = Array.from(
      { length: 50 },
      (_, row) => read?.(elsewhere.subarray(4096 * row, 4096 * (row + 1))).fit,
    );
    expect(Math.min(...fits.map(Number))).toBeLessThan(0.6);
  });
});

describe('moments', () => {
  it('gaussian is N(4, 1.25²)', () => {
    const { mean, sd } = moments(draw('gaussian', 40_000).x, 1, 0);
    expect(mean).toBeCloseTo(4, 1);
    expect(Math.abs(sd - 1.25)).toBeLessThan(0.02);
  });

  it('bimodal has mean 0 and variance distance² + sd²', () => {
    const { mean, sd } = moments(draw('bimodal', 40_000).x, 1, 0);
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(sd).toBeCloseTo(Math.sqrt(4 + 0.25), 1);
  });

  it('point is a point', () => {
    expect([...draw('point', 3, { value: 0.5 }).x]).toEqual([0.5, 0.5, 0.5]);
  });

  it('ring has eight modes at radius 2 with sd 0.1 and labels that name them', () => {
    const { x, labels } = draw('ring', 40_000);
    // E|x|² = r² + 2 sd²
    let squares = 0;
    for (const value of x) squares += value * value;
    expect(squares / 40_000).toBeCloseTo(4 + 0.02, 2);
    for (let row = 0; row < 200; row++) {
      const mode = labels?.subarray(row * 8, row * 8 + 8).indexOf(1) as number;
      const angle = (mode * Math.PI) / 4;
      const away = Math.hypot(
        (x[2 * row] as number) - 2 * Math.cos(angle),
        (x[2 * row + 1] as number) - 2 * Math.sin(angle),
      );
      expect(away).toBeLessThan(0.6);
    }
  });

  it('grid has its 25 centres in {-4, -2, 0, 2, 4}²', () => {
    const source = findSource('grid') as Source;
    const centres = source.truth?.(source.options.parse({})).modes?.centres ?? [];
    const steps = [-4, -2, 0, 2, 4];
    expect(centres).toEqual(steps.flatMap((x) => steps.map((y) => [x, y])));
  });

  it("two-gaussians is GAN Lab's", () => {
    const { x, labels } = draw('two-gaussians', 40_000);
    const parts = [0, 1].map((mode) =>
      Float32Array.from({ length: x.length }, (_, i) => i)
        .filter((i) => labels?.[2 * Math.floor(i / 2) + mode] === 1)
        .map((i) => x[i] as number),
    );
    const [round, upright] = parts as [Float32Array, Float32Array];
    const expected = [
      [round, 0, 0.3, 0.1],
      [round, 1, 0.7, 0.1],
      [upright, 0, 0.7, 0.05],
      [upright, 1, 0.4, 0.2],
    ] as const;
    for (const [values, axis, mean, sd] of expected) {
      const got = moments(values, 2, axis);
      expect(Math.abs(got.mean - mean)).toBeLessThan(0.006);
      expect(Math.abs(got.sd - sd)).toBeLessThan(0.005);
    }
  });

  it('disjoint lies at its offset, uniform on [0, 1]', () => {
    const { x } = draw('disjoint', 20_000, { offset: 0.5 });
    expect(moments(x, 2, 0)).toEqual({ mean: 0.5, sd: 0 });
    const { mean, sd } = moments(x, 2, 1);
    expect(mean).toBeCloseTo(0.5, 1);
    expect(sd).toBeCloseTo(1 / Math.sqrt(12), 2);
  });

  it('the curves hold their equations without noise', () => {
    const { x: moons, labels } = draw('two-moons', 500, { noise: 0 });
    for (let i = 0; i < moons.length; i += 2) {
      const [x, y] = [moons[i] as number, moons[i + 1] as number];
      const outer = labels?.[i] === 1;
      expect(Math.hypot(outer ? x : x - 1, outer ? y : y - 0.5)).toBeCloseTo(1, 5);
      expect(outer ? y : 0.5 - y).toBeGreaterThan(-1e-6);
    }
    const roll = draw('swiss-roll', 500, { noise: 0 }).x;
    for (let i = 0; i < roll.length; i += 2) {
      const t = 7.5 * Math.hypot(roll[i] as number, roll[i + 1] as number);
      expect(t).toBeGreaterThan(1.5 * Math.PI - 1e-4);
      expect(t).toBeLessThan(4.5 * Math.PI + 1e-4);
      expect(7.5 * (roll[i] as number)).toBeCloseTo(t * Math.cos(t), 4);
    }
    const spiral = draw('spiral', 500, { noise: 0, radius: 3 }).x;
    for (let i = 0; i < spiral.length; i += 2)
      expect(Math.hypot(spiral[i] as number, spiral[i + 1] as number)).toBeLessThan(3.0001);
  });

  it('drawn stays near its points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 })), {
          minLength: 1,
          maxLength: 20,
        }),
        (points) => {
          const { x } = draw('drawn', 30, { points, sd: 0.001 });
          for (let i = 0; i < x.length; i += 2) {
            const away = points.map(([a, b]) => Math.hypot(a - (x[i] as number), b - (x[i + 1] as number)));
            expect(Math.min(...away)).toBeLessThan(0.02);
          }
        },
      ),
    );
  });
});
