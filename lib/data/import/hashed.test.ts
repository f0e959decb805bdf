import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type GivenFile, givenFile } from '../files/data-file';
import { WINDOW } from '../files/read-ahead';
import { unzip } from '../files/unzip';
import { hashed } from './hashed';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const noise = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => Math.imul(i + seed, 0x9e3779b1) >>> 24);

/** A file that says what was read of it. */
function watched(bytes: Uint8Array) {
  const reads: number[] = [];
  const { read, ...rest } = givenFile({ name: 'a.zip', bytes });
  const file: GivenFile = {
    ...rest,
    read(start, end) {
      reads.push(end - start);
      return read(start, end);
    },
  };
  return { file, reads };
}

const large = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [`${i}.bin`, noise(WINDOW / 4 + i, i)]),
);

test.each([0, 6] as const)(
  'a zip of level %i is read once, in parts, for its files and its hash',
  async (level) => {
    const bytes = zipSync(large, { level });
    const { file, reads } = watched(bytes);
    const { file: heard, end } = await hashed(file);
    const found: string[] = [];
    for await (const each of unzip(heard, () => undefined)) found.push(`${each.name} ${sha256(each.bytes)}`);
    expect(found).toEqual(Object.entries(large).map(([name, content]) => `${name} ${sha256(content)}`));
    expect(await end()).toBe(sha256(bytes));
    expect(Math.max(...reads)).toBeLessThanOrEqual(WINDOW);
    // Parts that lie across two windows are read twice, the end for its list.
    expect(reads.reduce((sum, each) => sum + each, 0)).toBeLessThan(1.5 * bytes.length);
  },
);

test('what is read out of order, twice or not at all has the same hash', async () => {
  const bytes = noise(3 * WINDOW + 5, 1);
  for (const parts of [
    [],
    [[0, 9]],
    [
      [WINDOW, WINDOW + 9],
      [0, 20],
      [5, 30],
      [40, 50],
      [0, 10],
    ],
  ]) {
    const { file, end } = await hashed(givenFile({ name: 'a', bytes }));
    for (const [from = 0, to = 0] of parts) await file.read(from, to);
    expect(await end()).toBe(sha256(bytes));
  }
  const { end } = await hashed(givenFile({ name: 'a', bytes: strToU8('') }));
  expect(await end()).toBe(sha256(new Uint8Array()));
});
