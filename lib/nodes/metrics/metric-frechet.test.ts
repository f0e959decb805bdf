import { describe, expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { processorTime } from '@/lib/util/testing/processor-time';
import type { TensorData } from '../define';
import { resolveParams } from '../params';
import { dataset } from '../sources/dataset';
import { metricFrechet } from './metric-frechet';
import { metricLabels } from './metric-labels';

const SIZE = 28;
const given = resolveParams(dataset.params.parse({ source: 'glyphs', options: { size: SIZE } }), 0);
const truth = dataset.truth?.(given) ?? {};
const stream = createStream('frechet metric');

function drawGlyphs(rows: number, seed: number) {
  const of = (purpose: string) => createStream(seed, purpose);
  const { x, labels } = dataset.draw(given, { rows, index: 0, stream: of, fixedStream: of });
  const tensor = (data: Float32Array | undefined, dims: number[]): TensorData => ({
    data: data ?? new Float32Array(),
    dims: [rows, ...dims],
    label: '',
  });
  return { x: tensor(x, [SIZE, SIZE, 1]), labels: tensor(labels, [10]) };
}
const [own, other] = [drawGlyphs(600, 1), drawGlyphs(600, 2)];
const params = metricFrechet.params.parse({ dataset: 'data' });
const measure = (samples: TensorData) =>
  metricFrechet.measure({ params, inputs: { samples: [samples], data: [other.x] }, truth, stream });

describe('metric-frechet on glyphs', () => {
  const real = measure(own.x);

  test('its classifier errs on at most 2 % of what it has not seen, and is asked once', () => {
    expect(real.classifierError).toBeLessThanOrEqual(0.02);
    const started = processorTime();
    expect(measure(own.x)).toEqual(real);
    expect(processorTime() - started).toBeLessThan(4_000);
  });

  test('finds all classes in real glyphs, near to others, and neighbours that distinguish them', () => {
    expect(real.coverage).toBe(10);
    expect(real.nearestError).toBeLessThan(0.1);
    expect(Object.keys(real)).toEqual(metricFrechet.results.map(({ name }) => name));
  });

  test('finds noise far away', () => {
    const noise = { ...own.x, data: own.x.data.map(() => 2 * stream.uniform() - 1) };
    const { distance, nearestError } = measure(noise);
    expect(distance).toBeGreaterThan(20 * (real.distance as number));
    expect(nearestError).toBeGreaterThan(0.5);
  });

  test('finds one class where the samples are one glyph', () => {
    const glyph = own.x.data.subarray(0, SIZE * SIZE);
    const one = { ...own.x, data: own.x.data.map((_, i) => glyph[i % glyph.length] as number) };
    const { coverage, nearestError, distance } = measure(one);
    expect(coverage).toBe(1);
    expect(nearestError).toBeGreaterThan(0.8);
    expect(distance).toBeGreaterThan(5 * (real.distance as number));
  });

  test('measures what is finite, and says so where nothing is', () => {
    const broken = { ...own.x, data: own.x.data.map(() => Number.NaN) };
    expect(measure(broken)).toMatchObject({ coverage: 0, nearestError: 1 });
  });

  test('has no result where there are no classes', () => {
    const inputs = { samples: [own.x], data: [other.x] };
    expect(metricFrechet.measure({ params, inputs, truth: {}, stream })).toEqual({});
  });

  test('judges labels of images too', () => {
    const labelled = (labels: TensorData) =>
      metricLabels.measure({
        params: metricLabels.params.parse({ dataset: 'data' }),
        inputs: { samples: [own.x], labels: [labels] },
        truth,
        stream,
      });
    expect(labelled(own.labels).agreement).toBeGreaterThan(0.97);
    expect(labelled(own.labels).mutualInformation).toBeGreaterThan(2.1);
    expect(labelled(other.labels).agreement).toBeLessThan(0.2);
  });
});
