import { describe, expect, test } from 'vitest';
import { valuesOfGroups } from '@/lib/metrics/attributes';
import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import type { Source } from './source';
import { dataSources, findSource } from './sources';
import { type Reading, scaleTruth, type Truth } from './truth';

/** Sources that recognise by looking at a sample what it is. */
const sourceOf = (id: string) => findSource(id) as Source;
const truthOf = (id: string, options = {}): Truth =>
  sourceOf(id).truth?.(sourceOf(id).options.parse(options)) as Truth;

/** `made`: of which row is the x that a row is read by. */
function readings(
  id: string,
  change: (values: Float32Array) => Float32Array = (values) => values,
  given: object = {},
  made = (row: number) => row,
): Reading[] {
  const source = sourceOf(id);
  const options = source.options.parse(given);
  const { read } = truthOf(id, given);
  const { x, target } = source.draw(options, 400, createStream(2, id));
  const [size, of] = [(target ?? x).length / 400, sizeOf(source.ports(options).x)];
  return Array.from({ length: 400 }, (_, row) => {
    const own = (values: Float32Array, count: number) => change(values.slice(row * count, (row + 1) * count));
    return read?.(own(target ?? x, size), target && x.slice(made(row) * of, (made(row) + 1) * of)) as Reading;
  });
}

const readable = dataSources.filter((source: Source) => source.truth?.(source.options.parse({})).read);

describe.each(readable.map(({ id }) => id))('%s', (id) => {
  test('of the data is legal, fits, and has every value of every attribute as often', () => {
    const found = readings(id);
    expect(found.every(({ legal }) => legal)).toBe(true);
    expect(Math.min(...found.map(({ fit }) => fit))).toBeCloseTo(1, 6);
    truthOf(id).attributes?.forEach(({ values }, attribute) => {
      values.forEach((_, k) => {
        const share = found.filter((reading) => reading.values[attribute] === k).length / 400;
        expect(Math.abs(share - 1 / values.length)).toBeLessThan((5 * 0.5) / Math.sqrt(400));
      });
    });
  });

  test('depends on what a sample was made for where it says so', () => {
    const other = readings(id, undefined, {}, (row) => (row + 1) % 400);
    expect(JSON.stringify(other) !== JSON.stringify(readings(id))).toBe(truthOf(id).readsGiven === true);
  });

  test('of noise is not legal, and of no numbers neither', () => {
    const stream = createStream('noise', id);
    const noise = readings(id, (values) => values.map(() => 2 * stream.uniform() - 1));
    expect(noise.filter(({ legal }) => legal).length).toBeLessThan(80);
    const none = readings(id, (values) => values.fill(Number.NaN));
    expect(none.some(({ legal, fit }) => legal || fit > 0)).toBe(false);
  });
});

test.each([24, 25, 64])('shapes are read at %i pixels too, whatever their style', (size) => {
  for (const id of ['shapes', 'outline-to-shape'])
    expect(readings(id, undefined, { size }).filter(({ legal }) => !legal)).toEqual([]);
});

test.each([
  [24, 'all'],
  [24, 'middle'],
  [32, 'all'],
])('shapes are read at %i pixels as they were drawn, places: %s', (size, places) => {
  const drawn = sourceOf('shapes');
  const { labels } = drawn.draw(drawn.options.parse({ size, places }), 400, createStream(2, 'shapes'));
  const asked = valuesOfGroups(defined(labels, 'labels'), [4, 4, 4, 2, 2, 2]);
  expect(readings('shapes', undefined, { size, places }).map(({ values }) => values)).toEqual(asked);
});

test('a shape that stands in the middle of its quarter has one place there', () => {
  const source = sourceOf('shapes');
  const { x } = source.draw(
    source.options.parse({ places: 'middle', style: 'filled', colour: 'red' }),
    400,
    createStream(4),
  );
  const images = Array.from({ length: 400 }, (_, row) => x.slice(row * 3072, (row + 1) * 3072).join());
  // Four forms, four radii, four quarters.
  expect(new Set(images).size).toBe(64);
});

test('a checked or striped shape without its lowest rows is read in the style that it has', () => {
  const source = sourceOf('shapes');
  for (const [style, k] of [
    ['striped', 2],
    ['checked', 3],
  ] as const) {
    const { x } = source.draw(source.options.parse({ size: 24, style }), 100, createStream(5));
    const pixels = 24 * 24 * 3;
    const right = Array.from({ length: 100 }, (_, row) => {
      const image = x.slice(row * pixels, (row + 1) * pixels);
      const lowest = Math.floor(image.findLastIndex((value) => value > 0) / (24 * 3));
      image.fill(-1, (lowest - 2) * 24 * 3);
      return truthOf('shapes', { size: 24 }).read?.(image)?.values[2] === k;
    });
    expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(90);
  }
});

test('shapes are of the one style or colour that is asked for', () => {
  const seen = (options: object, attribute: number) =>
    new Set(readings('shapes', undefined, options).map(({ values }) => values[attribute]));
  expect([...seen({ colour: 'blue' }, 0)]).toEqual([2]);
  expect([...seen({ style: 'striped' }, 2)]).toEqual([2]);
  expect(seen({ colour: 'blue' }, 2).size).toBe(4);
  expect(seen({ style: 'striped' }, 0).size).toBe(4);
});

test('a shape of side B is no shape of side A; one that fills another outline does not fit', () => {
  const [a, outlines] = [truthOf('shapes-a'), truthOf('outline-to-shape')];
  const { x } = sourceOf('shapes-b').draw({ size: 32 }, 20, createStream(3));
  const { x: given, target = x } = sourceOf('outline-to-shape').draw({ size: 32 }, 2, createStream(4));
  for (let row = 0; row < 20; row++) {
    const reading = a.read?.(x.slice(row * 3072, (row + 1) * 3072));
    expect(reading).toMatchObject({ legal: false, fit: 1 });
  }
  expect(outlines.read?.(target.slice(0, 3072), given.slice(0, 1024))).toMatchObject({ legal: true, fit: 1 });
  expect(outlines.read?.(target.slice(3072), given.slice(0, 1024))?.fit).toBeLessThan(0.6);
});

test('a glyph that turns between all frames is where it was two frames before; one that may goes every way', () => {
  const { draw, options } = sourceOf('moving-glyphs');
  const { x, target } = draw(options.parse({ size: 16, frames: 2, turns: 1 }), 20, createStream(5));
  expect(target).toEqual(x.filter((_, i) => i % 2 === 0));
  const found = readings('moving-glyphs', undefined, { size: 16, frames: 2, turns: 0.5 });
  expect(found.every(({ legal }) => legal)).toBe(true);
  expect(new Set(found.map(({ values }) => values.join())).size).toBe(4);
});

const strings = (text: string) =>
  Float32Array.from([...text].flatMap((letter) => [...'012+-_'].map((each) => (each === letter ? 1 : 0))));

test.each([
  ['1______', 0, 1, true],
  ['1+0-2__', 2, 1, true],
  ['1+0-2+1', 3, 1, true],
  ['1+_____', -1, 6 / 7, false],
  ['+______', -1, 6 / 7, false],
  ['_______', -1, 6 / 7, false],
  ['1_1____', -1, 6 / 7, false],
])('the string %s has length number %i, fit %f', (text, length, fit, legal) => {
  const reading = truthOf('grammar').read?.(strings(text));
  expect(reading).toMatchObject({ values: [length], legal, text });
  expect(reading?.fit).toBeCloseTo(fit, 6);
});

describe('a frame after one with its lit pixel at the edge', () => {
  const { read } = truthOf('one-pixel', { size: 3 });
  const given = Float32Array.of(1, -1, -1, -1, -1, -1, -1, -1, -1);
  const ink = (...values: number[]) => Float32Array.from(values, (value) => 2 * value - 1);

  test('may go round it', () => {
    expect(read?.(ink(0, 0, 1, 0, 0, 0, 0, 0, 0), given)).toEqual({ values: [0], fit: 1, legal: true });
    expect(read?.(ink(0, 0.9, 0, 0, 0, 0, 0, 0, 0), given)).toMatchObject({ values: [1], legal: true });
  });

  test('is not legal where it is the mean of both, too faint, or has other ink', () => {
    for (const frame of [
      ink(0, 0.5, 0.5, 0, 0, 0, 0, 0, 0),
      ink(0, 0.7, 0, 0, 0, 0, 0, 0, 0),
      ink(0.4, 1, 0, 0, 0, 0, 0, 0, 0),
      ink(0, 0, 0, 0, 1, 0, 0, 0, 0),
    ])
      expect(read?.(frame, given)).toMatchObject({ values: [-1], legal: false });
  });
});

test('a rectangle is of the level that its mean ink is near, and fits as far as its ink covers the mask', () => {
  const { read } = truthOf('rectangles', { size: 4 });
  const mask = Float32Array.from({ length: 16 }, (_, i) => (i % 4 < 2 && i < 8 ? 1 : -1));
  const filled = (ink: number) => mask.map((value) => (value > 0 ? 2 * ink - 1 : -1));
  expect(read?.(filled(0.3), mask)).toMatchObject({ values: [0], legal: true, fit: 1 });
  expect(read?.(filled(0.95), mask)).toMatchObject({ values: [1], legal: true });
  expect(read?.(filled(0.625), mask)).toMatchObject({ values: [-1], legal: false });
  // Twice as much ink as mask.
  const wide = Float32Array.from({ length: 16 }, (_, i) => (i < 8 ? 1 : -1));
  expect(read?.(wide, mask)?.fit).toBe(0.5);
});

test('a sample of scaled data is read as it was drawn; a target as it is, by the x that was drawn', () => {
  const seen: (number | undefined)[][] = [];
  const read = (sample: Float32Array, given?: Float32Array): Reading => {
    seen.push([sample[0], given?.[0]]);
    return { values: [], fit: 1, legal: true };
  };
  const scaled = scaleTruth({ read }, 2, 1);
  scaled.read?.(Float32Array.of(4));
  scaled.read?.(Float32Array.of(4), Float32Array.of(6));
  expect(seen).toEqual([
    [2, undefined],
    [4, 3],
  ]);
});

test.each([
  [64, 1],
  [24, 0],
])('faces are read at %i pixels with a jitter of %f, as they were drawn', (size, jitter) => {
  const source = sourceOf('faces');
  const { labels } = source.draw(source.options.parse({ size, jitter }), 400, createStream(2, 'faces'));
  const words = source.ports(source.options.parse({ size, jitter })).labels?.[0] as number;
  readings('faces', undefined, { size, jitter }).forEach(({ values, legal }, row) => {
    const drawn = (labels as Float32Array).subarray(row * words, (row + 1) * words);
    const [glasses = -1, smile = -1, hair = -1, skin = -1] = values;
    expect(legal).toBe(true);
    expect([glasses, 2 + smile, 4 + hair, 7 + skin].map((place) => drawn[place])).toEqual([1, 1, 1, 1]);
  });
});
