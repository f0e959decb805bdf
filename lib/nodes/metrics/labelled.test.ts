import { describe, expect, test } from 'vitest';
import { shape } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import { isProblem, type TensorData } from '../define';
import { resolveParams } from '../params';
import { dataset } from '../sources/dataset';
import { metricAccuracy } from './metric-accuracy';
import { metricCode } from './metric-code';
import { metricLabels } from './metric-labels';
import { metricReconstruction } from './metric-reconstruction';

const ring = resolveParams(dataset.params.parse({ source: 'ring' }), 0);
const truth = dataset.truth?.(ring) ?? {};
const stream = createStream('metrics');
const ROWS = 4_000;

const tensor = (data: Float32Array, columns: number): TensorData => ({
  data,
  dims: [data.length / columns, columns],
  label: '',
});

/** Samples of the ring with their labels, and the labels of another draw. */
function drawRing(seed: number) {
  const of = (purpose: string) => createStream(seed, purpose);
  const { x, labels } = dataset.draw(ring, { rows: ROWS, index: 0, stream: of, fixedStream: of });
  return { x: tensor(x as Float32Array, 2), labels: tensor(labels as Float32Array, 8) };
}
const [own, other] = [drawRing(1), drawRing(2)];

const oneHot = (classes: readonly number[], count: number) =>
  tensor(
    Float32Array.from(classes.flatMap((k) => Array.from({ length: count }, (_, i) => (i === k ? 1 : 0)))),
    count,
  );

describe('metric-labels', () => {
  const params = metricLabels.params.parse({ dataset: 'data' });
  const measure = (samples: TensorData, labels: TensorData) =>
    metricLabels.measure({ params, inputs: { samples: [samples], labels: [labels] }, truth, stream });

  test('of the data with their labels: all agree, ln 8 nats, spread 1', () => {
    const { agreement, mutualInformation, spread } = measure(own.x, own.labels);
    expect(agreement).toBe(1);
    expect(mutualInformation).toBeCloseTo(Math.log(8), 2);
    // Cut at three deviations, and the least of eight: a little below 1.
    expect(spread).toBeGreaterThan(0.9);
    expect(spread).toBeLessThan(1);
  });

  test('of the data with labels of others: chance, and nearly no information', () => {
    const { agreement, mutualInformation } = measure(own.x, other.labels);
    expect(agreement).toBeCloseTo(1 / 8, 1);
    expect(mutualInformation).toBeLessThan(0.02);
  });

  test('of labels that are shifted by one: no agreement, all information', () => {
    const shifted = own.labels.data.map((_, i) =>
      i % 8 === 7 ? (own.labels.data[i - 7] as number) : (own.labels.data[i + 1] as number),
    );
    const { agreement, mutualInformation } = measure(own.x, tensor(shifted, 8));
    expect(agreement).toBe(0);
    expect(mutualInformation).toBeCloseTo(Math.log(8), 2);
  });

  test('recognises a class that has collapsed to a point', () => {
    const centres = truth.modes?.centres ?? [];
    const collapsed = own.x.data.map((value, i) => {
      const label = own.labels.data.subarray(Math.floor(i / 2) * 8, Math.floor(i / 2) * 8 + 8).indexOf(1);
      return label === 3 ? (centres[3]?.[i % 2] as number) : value;
    });
    expect(measure(tensor(collapsed, 2), own.labels).spread).toBeLessThan(0.01);
  });

  test('has no result where no modes are known', () => {
    const inputs = { samples: [own.x], labels: [own.labels] };
    expect(metricLabels.measure({ params, inputs, truth: {}, stream })).toEqual({});
  });
});

describe('metric-code', () => {
  const measure = (inputs: Parameters<typeof metricCode.measure>[0]['inputs'], given = {}) =>
    metricCode.measure({ params: metricCode.params.parse(given), inputs, stream });
  const code = oneHot([0, 1, 2, 3, 0, 1, 2, 3], 4);

  test('a code that is recovered with certainty carries its entropy', () => {
    const logits = tensor(
      code.data.map((value) => 50 * value),
      4,
    );
    const result = measure({ code: [code], recovered: [logits] });
    expect(result.information).toBeCloseTo(Math.log(4), 6);
    expect(result.accuracy).toBe(1);
  });

  test('a code that is not recovered carries nothing', () => {
    const flat = tensor(new Float32Array(32).fill(0.25), 4);
    expect(measure({ code: [code], recovered: [flat] }).information).toBeCloseTo(0, 6);
    const given = { scores: 'probabilities' };
    expect(measure({ code: [code], recovered: [flat] }, given).information).toBeCloseTo(0, 6);
  });

  test('codes are matched to classes one to one', () => {
    const labels = oneHot([2, 2, 0, 0, 1, 1, 1, 3], 4);
    // Codes 1, 3, 0, 2 stand for classes 2, 0, 1, 3; one row of eight is wrong.
    const recovered = oneHot([1, 1, 3, 3, 0, 0, 2, 2], 4);
    expect(measure({ recovered: [recovered], labels: [labels] })).toEqual({ accuracy: 7 / 8 });
    // All codes say one class: no more than the largest class is right.
    const one = oneHot([0, 0, 0, 0, 0, 0, 0, 0], 4);
    expect(measure({ recovered: [one], labels: [labels] }).accuracy).toBe(3 / 8);
  });

  test('says what it lacks', () => {
    const params = metricCode.params.parse({});
    const lone = metricCode.infer(params, { recovered: shape([8]) });
    expect(isProblem(lone) && lone.problem.message).toContain('nothing to compare with');
    const wrong = metricCode.infer(params, { code: shape([8]), recovered: shape([4]) });
    expect(isProblem(wrong) && wrong.problem.message).toBe('The code has 8 classes, 4 are recovered.');
  });
});

test('metric-accuracy counts right rows', () => {
  const params = metricAccuracy.params.parse({});
  const scores = tensor(Float32Array.of(-3, -1, 0.2, 0.1, 5, 4, 0, Number.NaN), 2);
  const inputs = { in: [scores], labels: [oneHot([1, 0, 1, 1], 2)] };
  expect(metricAccuracy.measure({ params, inputs, stream })).toEqual({ accuracy: 0.5, error: 0.5 });
});

describe('metric-reconstruction', () => {
  const params = metricReconstruction.params.parse({ dataset: 'data' });
  const measure = (a: TensorData, b: TensorData) =>
    metricReconstruction.measure({ params, inputs: { a: [a], b: [b] }, truth, stream });

  test('of the same points is perfect', () => {
    expect(measure(own.x, own.x)).toEqual({
      l1: 0,
      ratio: 0,
      sameMode: 1,
      relative: 0,
      within: 1,
      correlation: expect.closeTo(1, 9),
    });
  });

  test('of other examples has ratio 1 and the same mode by chance', () => {
    const { ratio, sameMode } = measure(own.x, other.x);
    expect(ratio).toBeCloseTo(1, 1);
    expect(sameMode).toBeCloseTo(1 / 8, 1);
  });

  test('of images adds what images have, and modes only where they are known', () => {
    const images = { data: new Float32Array(2 * 16).fill(0.5), dims: [2, 4, 4, 1], label: '' };
    const result = measure(images, { ...images, data: images.data.map((value) => value + 0.2) });
    expect(result.psnr).toBeCloseTo(20, 4);
    expect(result.ssim).toBeGreaterThan(0.8);
    expect(result.l1).toBeCloseTo(0.2, 6);
    expect(result.sameMode).toBeUndefined();
  });
});
