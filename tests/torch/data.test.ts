import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Source } from '@/lib/data/source';
import { dataSources } from '@/lib/data/sources';
import { dealPython, poolPython } from '@/lib/nodes/sources/pool-python';
import { sizeOf } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';

/** Every data source in Python draws from the distribution that it has here: means of x and x², and of labels. */
const python = process.env.PYTHON ?? 'python3';
const hasNumpy = spawnSync(python, ['-c', 'import numpy']).status === 0;

const rowsFor = (source: Source, options: Record<string, unknown>): number =>
  sizeOf(source.ports(options).x) > 500 ? 500 : 4_000;
/** Compared by the means of their blocks. */
const isLarge = (dims: readonly number[]): boolean => dims[0] === 28;
/** Standard errors that two means of this many numbers may lie apart: over a thousand are compared. */
const MOST_ERRORS = 6;

/** Mean and variance per column of x, x² and labels; images by the means of their blocks. */
interface Moments {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

const script = (source: Source, options: Record<string, unknown>): string => {
  const { helpers, body } = source.python(options);
  const { x, labels, target } = source.ports(options);
  const rows = rowsFor(source, options);
  return `import json, math, re
import numpy as np

${helpers.join('\n\n\n')}


def draw(rng, rows):
${body.replace(/^(?=.)/gm, '    ')}


found = draw(np.random.default_rng(1), ${rows})
x = np.asarray(found["x"], dtype=float)
assert x.shape == (${[rows, ...x].join(', ')},), x.shape
columns = ${isLarge(x) ? `x.reshape(${rows}, 7, 4, 7, 4, ${x[2]}).mean((2, 4)).reshape(${rows}, -1)` : `x.reshape(${rows}, -1)`}
${target ? `assert found["target"].shape == (${[rows, ...target].join(', ')},)\ncolumns = np.concatenate([columns, found["target"].reshape(${rows}, -1)], axis=1)` : ''}
${labels ? 'columns = np.concatenate([columns, columns**2, found["labels"]], axis=1)' : 'columns = np.concatenate([columns, columns**2], axis=1)'}
print(json.dumps({"mean": columns.mean(0).tolist(), "variance": columns.var(0).tolist()}))
`;
};

/** The same of our rows. */
function momentsOf(source: Source, options: Record<string, unknown>): Moments {
  const rows = rowsFor(source, options);
  const { x, labels, target } = source.draw(options, rows, createStream('data', source.id));
  const ports = source.ports(options);
  const columns = Array.from({ length: rows }, (_, row) => {
    const ownOf = (all: Float32Array) =>
      Array.from(all.subarray((row * all.length) / rows, ((row + 1) * all.length) / rows));
    const blocks = isLarge(ports.x) ? blocksOf(ownOf(x), ports.x[2] ?? 1) : ownOf(x);
    const values = target ? [...blocks, ...ownOf(target)] : blocks;
    const classes = ports.labels?.[0] ?? 0;
    const one = labels ? Array.from(labels.subarray(row * classes, (row + 1) * classes)) : [];
    return [...values, ...values.map((value) => value ** 2), ...one];
  });
  const mean = (columns[0] ?? []).map(
    (_, k) => columns.reduce((sum, row) => sum + (row[k] as number), 0) / rows,
  );
  const variance = mean.map(
    (m, k) => columns.reduce((sum, row) => sum + ((row[k] as number) - m) ** 2, 0) / rows,
  );
  return { mean, variance };
}

/** Means of the 4 × 4 blocks of a 28 × 28 image, channel by channel. */
function blocksOf(image: readonly number[], channels: number): number[] {
  const sums = new Array<number>(49 * channels).fill(0);
  image.forEach((value, i) => {
    const pixel = Math.floor(i / channels);
    const block = 7 * Math.floor(Math.floor(pixel / 28) / 4) + Math.floor((pixel % 28) / 4);
    const at = block * channels + (i % channels);
    sums[at] = (sums[at] as number) + value / 16;
  });
  return sums;
}

const finite = `import json
import numpy as np

SEED = 1


${poolPython}


${dealPython}


def draw(rng, rows):
    return {"x": rng.standard_normal((rows, 1))}


def rows(which, name, index):
    return deal(pool(draw, 10, None, which, "all"), np.random.default_rng(index), 5, index, name)["x"].ravel().tolist()


epochs = [rows(0, "a", 2 * k) + rows(0, "a", 2 * k + 1) for k in range(30)]
print(json.dumps({"epochs": epochs, "again": rows(0, "a", 0), "other": rows(0, "b", 0), "set": rows(1, "a", 0), "kept": len(ORDERS)}))
`;

test.runIf(hasNumpy)(
  'a finite data set in Python: every row once per epoch, orders and sets of their own',
  () => {
    const { epochs, again, other, set, kept } = JSON.parse(
      execFileSync(python, ['-'], { input: finite, encoding: 'utf8' }),
    ) as { epochs: number[][]; again: number[]; other: number[]; set: number[]; kept: number };
    const all = [...(epochs[0] as number[])].sort();
    for (const epoch of epochs) expect([...epoch].sort()).toEqual(all);
    expect(new Set(epochs.map(String)).size).toBe(30);
    expect(again).toEqual(epochs[0]?.slice(0, 5));
    // Two nodes of one data set are independent.
    expect(other).not.toEqual(again);
    expect(other.every((value) => all.includes(value))).toBe(true);
    expect(set.some((value) => all.includes(value))).toBe(false);
    expect(kept).toBeLessThan(10);
  },
);

test.skipIf(hasNumpy)(`is not tried: ${python} has no numpy (set PYTHON to one that has)`, () => {});

test.runIf(hasNumpy).each(dataSources.map((source): [string, Source] => [source.id, source as Source]))(
  '%s',
  (_, source) => {
    const options = source.options.parse({});
    const printed = execFileSync(python, ['-'], { input: script(source, options), encoding: 'utf8' });
    const theirs = JSON.parse(printed) as Moments;
    const ours = momentsOf(source, options);
    expect(theirs.mean.length).toBe(ours.mean.length);
    const errors = ours.mean.map((mean, k) => {
      const spread = Math.sqrt(
        ((ours.variance[k] ?? 0) + (theirs.variance[k] ?? 0)) / rowsFor(source, options),
      );
      return Math.abs(mean - (theirs.mean[k] ?? Number.NaN)) / (spread + 1e-6);
    });
    expect(Math.max(...errors)).toBeLessThan(MOST_ERRORS);
  },
  60_000,
);
