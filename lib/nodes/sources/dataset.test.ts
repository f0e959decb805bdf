import { describe, expect, test } from 'vitest';
import { findSource } from '@/lib/data/sources';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import { isProblem } from '../define';
import { resolveParams } from '../params';
import { dataset } from './dataset';

const parse = (params: Record<string, unknown>) => dataset.params.parse(params);

/** The draw of this index in the run of a seed. */
function draw(params: Record<string, unknown>, rows: number, index = 0, seed = 1) {
  return dataset.draw(resolveParams(parse(params), 0), {
    rows,
    index,
    stream: (purpose) => createStream(seed, 'data', purpose, index),
    fixedStream: (purpose) => createStream(seed, 'data', purpose),
  });
}

const xOf = (params: Record<string, unknown>, rows: number, index = 0, seed = 1) =>
  Array.from(draw(params, rows, index, seed).x ?? []);

const issuesOf = (params: Record<string, unknown>) =>
  (dataset.params.safeParse(params).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('options', () => {
  test('are checked by the source, with their path and limit', () => {
    expect(issuesOf({ source: 'ring', options: { sd: -1 } })).toEqual([
      'options.sd: Too small: expected number to be >=0.0001',
    ]);
    expect(issuesOf({ source: 'gaussian', options: { modes: 3 } })).toEqual([
      'options.modes: The source gaussian has no option modes; its options: mean, sd',
    ]);
    expect(issuesOf({ source: 'nowhere' })[0]).toContain('"ring"');
  });

  test('decide ports and shapes', () => {
    const params = parse({ source: 'glyphs', options: { size: 12 } });
    expect(dataset.outputs(params, { network: () => undefined }).map(({ name }) => name)).toEqual([
      'x',
      'labels',
    ]);
    expect(dataset.infer(params, {})).toMatchObject({ x: { dims: [12, 12, 1] }, labels: { dims: [10] } });
  });
});

describe('an endless source', () => {
  test('never repeats within a run, and is the same in every run of a seed', () => {
    expect(xOf({}, 4, 0)).not.toEqual(xOf({}, 4, 1));
    expect(xOf({}, 4, 3)).toEqual(xOf({}, 4, 3));
    expect(xOf({}, 4, 0, 1)).not.toEqual(xOf({}, 4, 0, 2));
  });
});

describe('a finite source', () => {
  const finite = { source: 'gaussian', count: 10 };
  const pool = xOf(finite, 10).sort();

  test('gives every row once per epoch, in an order of its own each', () => {
    const rows = [0, 1, 2, 3, 4, 5].flatMap((index) => xOf(finite, 5, index));
    const epochs = [0, 10, 20].map((from) => rows.slice(from, from + 10));
    for (const epoch of epochs) expect([...epoch].sort()).toEqual(pool);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  test('runs over the end of an epoch within a batch', () => {
    const rows = Array.from({ length: 10 }, (_, index) => xOf(finite, 7, index)).flat();
    for (let from = 0; from < 70; from += 10) expect(rows.slice(from, from + 10).sort()).toEqual(pool);
  });

  test('is the same data set for every seed, in another order', () => {
    expect(xOf(finite, 10, 0, 2).sort()).toEqual(pool);
    expect(xOf(finite, 10, 0, 2)).not.toEqual(xOf(finite, 10, 0, 1));
  });

  test('is one of many of its size: draw 0 is what it was before there were others', () => {
    const drawn = (number: number) => xOf({ ...finite, draw: number }, 10).sort();
    expect(drawn(0)).toEqual(pool);
    const source = defined(findSource('gaussian'), 'gaussian');
    const options = source.options.parse({});
    const name = JSON.stringify(['gaussian', options, 10, null]);
    expect(Array.from(source.draw(options, 10, createStream('pool', name)).x).sort()).toEqual(pool);
    const others = [1, 2, 3].map(drawn);
    expect(new Set([pool, ...others].flat()).size).toBe(40);
    expect(drawn(2)).toEqual(others[1]);
    const labelled = [0, 1].map((number) => xOf({ perClass: 3, draw: number }, 24));
    expect(labelled[0]).not.toEqual(labelled[1]);
  });

  test('smaller than the batch is drawn with replacement', () => {
    const rows = xOf({ source: 'gaussian', count: 3 }, 300);
    expect(rows).toHaveLength(300);
    expect(new Set(rows).size).toBe(3);
  });

  test('splits into train and test that share no row', () => {
    const train = xOf({ ...finite, split: 'train' }, 8);
    const held = xOf({ ...finite, split: 'test' }, 2);
    expect([...train, ...held].sort()).toEqual(pool);
  });

  test('keeps x and labels of one row together', () => {
    const { x = new Float32Array(), labels = new Float32Array() } = draw(
      { options: { modes: 4, sd: 0.001 }, count: 40 },
      20,
    );
    for (let row = 0; row < 20; row++) {
      const mode = labels.slice(row * 4, row * 4 + 4).indexOf(1);
      const angle = Math.atan2(x[row * 2 + 1] as number, x[row * 2] as number);
      expect(Math.cos(angle - (mode * Math.PI) / 2)).toBeGreaterThan(0.99);
    }
  });

  test('holds perClass rows of each class', () => {
    const { labels = new Float32Array() } = draw({ options: { modes: 3 }, perClass: 4 }, 12);
    const counts = [0, 1, 2].map((mode) => labels.filter((value, i) => i % 3 === mode && value === 1).length);
    expect(counts).toEqual([4, 4, 4]);
  });

  test('says when a split would be empty, or classes are missing', () => {
    const empty = dataset.infer(parse({ count: 3, split: 'test' }), {});
    expect(isProblem(empty) && empty.problem.message).toContain('of 3 rows it holds none');
    const classless = dataset.infer(parse({ source: 'gaussian', perClass: 2 }), {});
    expect(isProblem(classless) && classless.problem.code).toBe('param-conflict');
  });
});

describe('scale', () => {
  test('multiplies x, and moves what is known of it', () => {
    const plain = xOf({ source: 'ring' }, 5);
    expect(xOf({ source: 'ring', scale: 2 }, 5)).toEqual(plain.map((value) => Math.fround(value * 2)));
    const truth = dataset.truth?.(resolveParams(parse({ source: 'ring', scale: 3 }), 0));
    expect(truth?.modes?.centres[0]).toEqual([6, 0]);
    expect(truth?.modes?.sd).toBeCloseTo(0.3);
    // One mode of eight: p at its centre is 1 / (8 · 2π sd²).
    expect(truth?.density?.([6, 0])).toBeCloseTo(1 / (8 * 2 * Math.PI * 0.09), 5);
  });
});
