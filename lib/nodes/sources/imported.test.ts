import { describe, expect, test } from 'vitest';
import { type ImportOptions, importOptions } from '@/lib/data/files/import-options';
import { MissingData, provideSet } from '@/lib/data/files/import-source';
import { createStream } from '@/lib/util/random';
import { isProblem } from '../define';
import { resolveParams } from '../params';
import { dataset } from './dataset';

/** A dataset node that names a file. */
const source = `import:${'a'.repeat(64)}`;
const options = {
  ...{ name: 'numbers.npz', rows: 40, shape: [2], x: ['x'], labels: 'y', classes: ['a', 'b', 'c', 'd'] },
  ...{ offset: [10], spread: [2], fit: 'crop', flip: false, heldOut: 0.25 },
} as const;
const given = { source, options };
const parse = (params: Record<string, unknown>) => dataset.params.parse(params);

/** Row k holds 2k and 2k + 1, and is of class k mod 4. */
provideSet(source, dataset.needs?.(parse(given))?.options as ImportOptions, {
  values: Uint8Array.from({ length: 80 }, (_, i) => i),
  labels: Uint16Array.from({ length: 40 }, (_, row) => row % 4),
});

function draw(params: Record<string, unknown>, rows: number, index = 0) {
  const { x = new Float32Array(), labels } = dataset.draw(resolveParams(parse({ ...given, ...params }), 0), {
    rows,
    index,
    stream: (purpose) => createStream(1, 'data', purpose, index),
    fixedStream: (purpose) => createStream(1, 'data', purpose),
  });
  const found = Array.from({ length: rows }, (_, i) => ((x[2 * i] as number) * 2 + 10) / 2);
  return { found, x, labels };
}
const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

describe('a file that a document names', () => {
  test('is checked without being there: shapes, its name on the card, what it needs', () => {
    const params = parse({ ...given, source: `import:${'b'.repeat(64)}` });
    expect(dataset.infer(params, {})).toMatchObject({ x: { dims: [2] }, labels: { dims: [4] } });
    expect(dataset.caption?.(params)).toBe('numbers.npz');
    expect(dataset.needs?.(params)).toMatchObject({ id: params.source, options: { rows: 40 } });
    expect(dataset.needs?.(parse({}))).toBeUndefined();
  });

  test('and that is not there ends the draw with its name and rows', () => {
    const missing = { source: `import:${'b'.repeat(64)}` };
    expect(() => draw(missing, 4)).toThrow(MissingData);
    expect(() => draw(missing, 4)).toThrow('the file numbers.npz (40 rows) is needed, and is not at hand');
  });

  test('is a SHA-256, with options of its own', () => {
    const issues = (params: Record<string, unknown>) =>
      (dataset.params.safeParse(params).error?.issues ?? []).map(({ path }) => path.join('.'));
    expect(issues({ source: 'import:abc' })).toEqual(['source']);
    expect(issues({ source })).toEqual(['options.name', 'options.rows', 'options.shape', 'options.x']);
    expect(issues({ source, options: { ...options, heldOut: 1 } })).toEqual(['options.heldOut']);
  });
});

test('what its options may leave out is a contract: a document that does so means this', () => {
  const needed = { name: 'a.csv', rows: 9, shape: [2], x: ['a', 'b'] };
  expect(importOptions.parse(needed)).toStrictEqual({
    ...needed,
    ...{ labels: '', classes: [], offset: [0], spread: [1], fit: 'crop', flip: false, heldOut: 0.1 },
  });
});

describe('its rows', () => {
  test('come once per epoch, scaled, with their classes', () => {
    const { found, x, labels } = draw({}, 40);
    expect(sorted(found)).toEqual(Array.from({ length: 40 }, (_, row) => row));
    found.forEach((row, i) => {
      expect([x[2 * i], x[2 * i + 1]]).toEqual([(2 * row - 10) / 2, (2 * row - 9) / 2]);
      expect(labels?.indexOf(1, 4 * i)).toBe(4 * i + (row % 4));
    });
  });

  test('held out are in the test split, the same in every run, and never in the train split', () => {
    const train = draw({ split: 'train' }, 30).found;
    const held = draw({ split: 'test' }, 10).found;
    expect(sorted([...train, ...held])).toEqual(Array.from({ length: 40 }, (_, row) => row));
    // From all over the file.
    expect(Math.max(...held) - Math.min(...held)).toBeGreaterThan(20);
  });

  test('up to a count: each draw is another set', () => {
    const sets = [0, 1, 2].map((number) =>
      sorted(draw({ split: 'train', count: 10, draw: number }, 10).found),
    );
    expect(new Set(sets.flat()).size).toBe(30);
  });

  test('up to so many per class', () => {
    const { found } = draw({ perClass: 2 }, 8);
    expect(found.map((row) => row % 4).sort()).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  test('may come mirrored too', () => {
    const images = { ...options, shape: [1, 2, 1], flip: true, rows: 2, heldOut: 0, labels: '', classes: [] };
    const params = { source, options: images };
    provideSet(source, dataset.needs?.(parse(params))?.options as ImportOptions, {
      values: Uint8Array.of(10, 12, 14, 16),
    });
    const { x } = draw(params, 4);
    const pairs = [0, 1, 2, 3].map((i) => `${x[2 * i]} ${x[2 * i + 1]}`);
    expect(pairs.sort()).toEqual(['0 1', '1 0', '2 3', '3 2']);
  });

  test('held out of too few are a problem with numbers', () => {
    const found = dataset.infer(parse({ source, options: { ...options, rows: 3 }, split: 'test' }), {});
    expect(isProblem(found) && found.problem.message).toBe(
      'The test split of numbers.npz holds no row: 0.25 of 3 are held out.',
    );
  });
});
