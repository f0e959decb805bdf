import { describe, expect, test } from 'vitest';
import { shape } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import { isProblem, type TensorData } from '../define';
import { resolveParams } from '../params';
import { dataset } from '../sources/dataset';
import { judgeOf } from './judge';
import { metricCopying } from './metric-copying';
import { metricModes } from './metric-modes';
import { metricValue } from './metric-value';
import { metricWasserstein } from './metric-wasserstein';

const ring = dataset.params.parse({ source: 'ring', options: { radius: 1, sd: 0.01 } });

/** Rows of the ring itself. */
function samplesOf(rows: number, seed: number): TensorData {
  const stream = (purpose: string) => createStream(seed, purpose);
  const { x = new Float32Array() } = dataset.draw(resolveParams(ring, 0), {
    rows,
    index: 0,
    stream,
    fixedStream: stream,
  });
  return { data: x, dims: [rows, 2], label: 'data.x' };
}

const truth = dataset.truth?.(resolveParams(ring, 0)) ?? {};
const stream = () => createStream('metrics');

describe('metric-modes', () => {
  const params = metricModes.params.parse({ dataset: 'data' });

  test('finds all modes of the data in the data, at the quality that a normal has within 3 sd', () => {
    const result = metricModes.measure({
      params,
      inputs: { samples: [samplesOf(2500, 1)] },
      truth,
      stream: stream(),
    });
    expect(result.modes).toBe(8);
    expect(result.highQuality).toBeCloseTo(1 - Math.exp(-4.5), 2);
    expect(result.reverseKl).toBeLessThan(0.01);
    expect(Object.keys(result)).toEqual(
      metricModes.results.flatMap(({ name, by }) => (by === 'classifier' ? [] : [name])),
    );
  });

  test('finds one mode where the samples have collapsed', () => {
    const data = new Float32Array(200).map((_, i) => (i % 2 === 0 ? 1 : 0));
    const samples = { data, dims: [100, 2], label: 'G.x' };
    const result = metricModes.measure({ params, inputs: { samples: [samples] }, truth, stream: stream() });
    expect(result).toMatchObject({ modes: 1, highQuality: 1, totalVariation: 7 / 8 });
    expect(result.reverseKl).toBeCloseTo(Math.log(8));
  });

  describe('of classes without modes, as a classifier of the data sees them', () => {
    const digits = resolveParams(
      dataset.params.parse({ source: 'glyphs', options: { size: 12, variation: 0.5 } }),
      0,
    );
    const known = dataset.truth?.(digits) ?? {};
    const draw = (rows: number) => {
      const of = (purpose: string) => createStream(5, purpose);
      return dataset.draw(digits, { rows, index: 0, stream: of, fixedStream: of });
    };
    const measure = (data: Float32Array) => {
      const samples = { data, dims: [data.length / 144, 12, 12, 1], label: 'G.x' };
      return metricModes.measure({ params, inputs: { samples: [samples] }, truth: known, stream: stream() });
    };

    test('the data reach all of them, and there is no figure of quality', () => {
      const result = measure(draw(1_000).x as Float32Array);
      expect(known.modes).toBeUndefined();
      expect(result).toEqual({
        modes: 10,
        reverseKl: expect.closeTo(0, 1),
        totalVariation: expect.closeTo(0, 1),
        classifierError: expect.closeTo(0, 1),
      });
    });

    test('one digit alone is one of ten', () => {
      const { x, labels } = draw(1_000);
      const rows = Array.from({ length: 1_000 }, (_, row) => row);
      const threes = rows.filter((row) => (labels as Float32Array)[row * 10 + 3] === 1);
      const data = Float32Array.from(
        threes.flatMap((row) => [...(x as Float32Array).subarray(row * 144, (row + 1) * 144)]),
      );
      const { modes, reverseKl, totalVariation } = measure(data);
      expect(modes).toBe(1);
      expect(reverseKl).toBeGreaterThan(0.9 * Math.log(10));
      expect(totalVariation).toBeGreaterThan(0.85);
    });

    test('three digits in three channels are one of a thousand, judged a channel at a time', () => {
      const stacked = { source: 'stacked-glyphs', options: { size: 12, variation: 0.5 } };
      const given = resolveParams(dataset.params.parse(stacked), 0);
      const { classes } = dataset.truth?.(given) ?? {};
      expect(classes).toMatchObject({ count: 1_000, dims: [12, 12, 3] });
      if (!classes) return;
      const judge = judgeOf(classes, [12, 12, 3]);
      const { x, labels } = classes.draw(500, stream());
      const right = Array.from({ length: 500 }, (_, row) => {
        const hot = labels.subarray(30 * row, 30 * row + 30);
        return [0, 1, 2].reduce((sum, k) => 10 * sum + hot.subarray(10 * k, 10 * k + 10).indexOf(1), 0);
      });
      const found = judge?.classify(x) ?? [];
      const wrong = right.filter((value, row) => found[row] !== value).length / 500;
      expect(wrong).toBeLessThan(0.1);
      expect(judge?.error).toBeCloseTo(wrong, 1);
      expect(judge?.featuresOf(x).length).toBe(500 * (judge?.features ?? 0));
      // 500 of 1,000 with equal chance: 1 - e^(-1/2) of them, 394, are met.
      const samples = { data: x, dims: [500, 12, 12, 3], label: 'G.x' };
      const one = { params: { ...params, minimum: 1 }, inputs: { samples: [samples] }, stream: stream() };
      const { modes } = metricModes.measure({ ...one, truth: { classes } });
      expect(Math.abs((modes ?? 0) - 394)).toBeLessThan(40);
    });

    test('samples of other dims have no result', () => {
      expect(measure(new Float32Array(144 * 2).subarray(0, 144)).modes).toBeDefined();
      const samples = { data: new Float32Array(32), dims: [2, 16], label: '' };
      const inputs = { samples: [samples] };
      expect(metricModes.measure({ params, inputs, truth: known, stream: stream() })).toEqual({});
    });
  });

  test('has no result where no modes are known', () => {
    const inputs = { samples: [samplesOf(10, 1)] };
    expect(metricModes.measure({ params, inputs, truth: {}, stream: stream() })).toEqual({});
  });
});

describe('metric-wasserstein', () => {
  const params = metricWasserstein.params.parse({});
  const distance = (samples: TensorData, data: TensorData) =>
    metricWasserstein.measure({ params, inputs: { samples: [samples], data: [data] }, stream: stream() })
      .distance as number;

  test('is the shift of a shifted sample on the line', () => {
    const data = { data: Float32Array.of(0, 1, 2), dims: [3, 1], label: '' };
    expect(distance({ ...data, data: Float32Array.of(2.5, 0.5, 1.5) }, data)).toBeCloseTo(0.5);
  });

  test('is small between two samples of one distribution, and grows with what lies between', () => {
    const other = samplesOf(500, 2);
    const moved = { ...other, data: other.data.map((value) => value + 1) };
    expect(distance(samplesOf(500, 1), other)).toBeLessThan(0.1);
    expect(distance(moved, other)).toBeGreaterThan(0.5);
  });
});

describe('metric-copying', () => {
  const params = metricCopying.params.parse({});
  const measure = (samples: TensorData, unseen = samplesOf(500, 2)) =>
    metricCopying.measure({
      params,
      inputs: { samples: [samples], data: [samplesOf(500, 1)], unseen: [unseen] },
      stream: stream(),
    });

  test('distinguishes the data itself from new draws', () => {
    expect(measure(samplesOf(500, 1)).score).toBeLessThan(-5);
    expect(measure(samplesOf(500, 3)).nearer).toBeCloseTo(0.5, 1);
    expect(Object.keys(measure(samplesOf(500, 3)))).toEqual(metricCopying.results.map(({ name }) => name));
  });

  test('has no result of too little, or of what is not finite', () => {
    const broken = { ...samplesOf(500, 4), data: new Float32Array(1_000).fill(Number.NaN) };
    expect(measure(broken)).toEqual({});
    expect(measure(samplesOf(500, 4), broken)).toEqual({});
  });

  test('needs one shape', () => {
    const inferred = metricCopying.infer(params, {
      samples: shape([2]),
      data: shape([2]),
      unseen: shape([3]),
    });
    expect(isProblem(inferred) && inferred.problem.message).toContain('unseen examples [3]');
  });
});

describe('metric-value', () => {
  test('names the first wire’s numbers plainly, and numbers the others', () => {
    const wire = (...values: number[]) => ({
      data: Float32Array.from(values),
      dims: [values.length, 1],
      label: '',
    });
    const params = metricValue.params.parse({});
    const inputs = { in: [wire(1, 3), wire(5, -1, 0, Number.NaN, -3)] };
    const { sd2, ...result } = metricValue.measure({ params, inputs, stream: stream() });
    const first = { mean: 2, sd: 1, min: 1, max: 3, positive: 1 };
    expect(result).toEqual({ ...first, mean2: 0.25, min2: -3, max2: 5, positive2: 0.25 });
    expect(sd2).toBeCloseTo(2.947, 3);
  });
});
