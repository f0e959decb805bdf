import { describe, expect, test } from 'vitest';
import { sizeOf } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import type { TensorData } from '../define';
import { resolveParams } from '../params';
import { dataset } from '../sources/dataset';
import { viewSamples } from '../views/view-samples';
import { metricAttributes } from './metric-attributes';

const params = metricAttributes.params.parse({ dataset: 'data' });

/** Rows of a data set with its truth. */
function drawn(source: string, rows: number, dims: readonly number[], given = {}) {
  const resolved = resolveParams(dataset.params.parse({ source, ...given }), 0);
  const stream = (purpose: string) => createStream(source, purpose);
  const batch = dataset.draw(resolved, { rows, index: 0, stream, fixedStream: stream });
  const tensor = (data: Float32Array): TensorData => ({ data, dims: [rows, ...dims], label: '' });
  return {
    truth: dataset.truth?.(resolved) ?? {},
    x: tensor(batch.x as Float32Array),
    target: batch.target && tensor(batch.target),
    labels: batch.labels as Float32Array,
  };
}

const measure = (
  truth: object,
  inputs: Parameters<typeof metricAttributes.measure>[0]['inputs'],
  only = '',
) =>
  metricAttributes.measure({
    params: { ...params, only },
    inputs,
    truth,
    stream: createStream('attributes'),
  });

describe('metric-attributes', () => {
  test('of strings of the grammar: all legal, every length as often, most of 777 found', () => {
    const { x, truth } = drawn('grammar', 2_500, [7, 6]);
    const { legal, fit, least, distinct, all } = measure(truth, { samples: [x] });
    expect([legal, fit, all]).toEqual([1, 1, undefined]);
    expect(least).toBeGreaterThan(0.85);
    expect(distinct).toBeGreaterThan(500);
    expect(distinct).toBeLessThanOrEqual(2_500);
  });

  test('of independent letters: 17.6 % would be legal of the marginals, of any letters hardly one', () => {
    const { truth } = drawn('grammar', 1, [7, 6]);
    const stream = createStream('letters');
    const data = Float32Array.from({ length: 1_000 * 42 }, () => stream.uniform());
    const { legal } = measure(truth, { samples: [{ data, dims: [1_000, 7, 6], label: '' }] });
    expect(legal).toBeLessThan(0.02);
  });

  test('of next frames: legal, as asked, both sides as often; their mean is not', () => {
    const { x, target, truth } = drawn('one-pixel', 600, [8, 8, 1], { scale: 0.5 });
    const samples = [target as TensorData];
    const own = measure(truth, { samples, given: [x] });
    expect([own.legal, own.fit]).toEqual([1, 1]);
    expect(own.least).toBeGreaterThan(0.8);
    const sides = truth.read
      ? Float32Array.from({ length: 600 }, (_, row) => {
          const at = (of: TensorData) => of.data.subarray(64 * row, 64 * row + 64);
          return truth.read?.(at(samples[0] as TensorData), at(x)).values[0] as number;
        })
      : new Float32Array(0);
    const asked = Float32Array.from({ length: 1_200 }, (_, i) => (sides[i >> 1] === i % 2 ? 1 : 0));
    const labels = (data: Float32Array) => [{ data, dims: [600, 2], label: '' }];
    expect(measure(truth, { samples, given: [x], labels: labels(asked) })).toMatchObject({
      all: 1,
      worst: 1,
    });
    const other = asked.map((value) => 1 - value);
    expect(measure(truth, { samples, given: [x], labels: labels(other) })).toMatchObject({
      all: 0,
      worst: 0,
    });
    const grey = { ...(samples[0] as TensorData), data: new Float32Array(600 * 64).fill(-1) };
    expect(measure(truth, { samples: [grey], given: [x] })).toMatchObject({ legal: 0, least: 0 });
    expect(measure(truth, { samples })).toMatchObject({ legal: 0 });
  });

  test('looks at one attribute alone: of shapes the style, whatever else they were asked for', () => {
    const { x, labels, truth } = drawn('shapes', 200, [32, 32, 3]);
    const only = (name: string, asked: Float32Array, width: number) =>
      measure(truth, { samples: [x], labels: [{ data: asked, dims: [200, width], label: '' }] }, name);
    const styles = Float32Array.from(
      { length: 800 },
      (_, i) => labels[(i >> 2) * 18 + 8 + (i % 4)] as number,
    );
    expect(only('style', styles, 4)).toMatchObject({ legal: 1, all: 1, worst: 1 });
    expect(only('style', styles, 4).least).toBeGreaterThan(0.5);
    const turned = styles.map((_, i) => styles[i - (i % 4) + ((i + 1) % 4)] as number);
    expect(only('style', turned, 4)).toMatchObject({ legal: 1, all: 0, worst: 0 });
    expect(only('form', styles, 4).all).toBeLessThan(0.5);
    expect(only('size', styles, 4)).not.toHaveProperty('all');
    expect(only('hue', styles, 4)).toEqual({});
  });

  test('has no result where a data set cannot read', () => {
    const { x, truth } = drawn('ring', 5, [2]);
    expect(measure(truth, { samples: [x] })).toEqual({});
    expect(sizeOf(x.dims)).toBe(10);
  });
});

test('samples draws strings in the letters of their data set', () => {
  const { x, truth } = drawn('grammar', 3, [7, 6]);
  const given = viewSamples.params.parse({ dataset: 'data' });
  const picture = viewSamples.picture({ params: given, inputs: { fake: [x] }, truth });
  expect(picture).toEqual({ type: 'strings', fake: expect.any(Array) });
  for (const text of picture.type === 'strings' ? (picture.fake ?? []) : [])
    expect(text).toMatch(/^[012]([+-][012])*_*$/);
  const other = { ...x, dims: [3, 6, 7] };
  expect(viewSamples.picture({ params: given, inputs: { real: [other] }, truth })).toEqual({
    type: 'empty',
    message: 'These strings have 7 letters, the data set 6: 0 1 2 + - _',
  });
});
