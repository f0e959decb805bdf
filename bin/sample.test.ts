import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readData } from '@/lib/data/files/read-data';
import { findExample } from '@/lib/examples/catalogue';
import { contactSheet, imagesZip, samplesCsv, samplesNpz } from '@/lib/export/sample-files';
import { decodeImage } from './decode-image';
import { ganvas } from './testing/process';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ganvas-sample-'));
  writeFileSync(
    at('two.csv'),
    `height,"weight, kg"\n${Array.from({ length: 50 }, (_, i) => `${170 + (i % 9)},${60 + (i % 7)}`).join('\n')}\n`,
  );
  const { source, options } = JSON.parse((await ganvas(['data', at('two.csv')])).out);
  const document = JSON.parse(JSON.stringify(findExample('ring')?.document));
  document.nodes.find(({ id }: { id: string }) => id === 'data').params = { source, options };
  writeFileSync(at('game.json'), JSON.stringify(document));
  await ganvas(['train', at('game.json'), '--iterations', '2', '--data', at('two.csv'), '--out', at('run')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const sampled = async (name: string, ...more: string[]) => {
  const ended = await ganvas([
    'sample',
    at('game.json'),
    '--checkpoint',
    at('run'),
    '--data',
    at('two.csv'),
    '-o',
    at(name),
    ...more,
  ]);
  return {
    ...ended,
    bytes: existsSync(at(name)) ? new Uint8Array(readFileSync(at(name))) : new Uint8Array(),
  };
};

describe('ganvas sample', () => {
  test('points as CSV, in the units of the file and under its columns; a seed gives the same again', async () => {
    const first = await sampled('a.csv', '--count', '5');
    expect(first).toMatchObject({ code: 0, out: '', error: expect.stringContaining('5 samples of ') });
    const table = await readData('a.csv', [{ name: 'a.csv', bytes: first.bytes }]);
    expect(table.arrays.map(({ name, dims }) => [name, dims])).toEqual([
      ['height', [5]],
      ['weight, kg', [5]],
    ]);
    // A generator that has hardly begun is near the means, 174 and 63, not near 0.
    for (const value of table.arrays[0]?.values ?? []) expect(Math.abs(value - 174)).toBeLessThan(30);
    expect((await sampled('b.csv', '--count', '5')).bytes).toEqual(first.bytes);
    expect((await sampled('c.csv', '--count', '5', '--seed', '7')).bytes).not.toEqual(first.bytes);
  });

  test.each([
    [['a.png'], 'Samples of 2 are no images: -o takes .npz or .csv.'],
    [['a.gif'], '-o takes a name that ends in .zip, .png, .npz, .csv.'],
    [['a.csv', '--of', 'nowhere.x'], '--of nowhere.x: the game has no such output. It has '],
    [['a.csv', '--count', '0'], '--count takes a whole number from 1 to 100,000, not "0".'],
  ])('%j: a sentence, exit 2', async ([name = '', ...more], sentence) => {
    expect(await sampled(name, ...more)).toMatchObject({ code: 2, error: expect.stringContaining(sentence) });
  });
});

/** Three images, 2 × 3, of three channels or one, whose every byte is another. */
const samplesOf = (channels: number) => ({
  dims: [3, 2, 3, channels],
  data: Float32Array.from({ length: 18 * channels }, (_, i) => (2 * (4 * i)) / 255 - 1),
});

describe('images', () => {
  test.each([1, 3])('of %i channels: each comes out of its PNG as it went in', async (channels) => {
    const samples = samplesOf(channels);
    const bytes = imagesZip(samples, [2, 3, channels]);
    const options = decodeImage && { decode: decodeImage };
    const { arrays } = await readData('a.zip', [{ name: 'a.zip', bytes }], options);
    expect(arrays[0]).toMatchObject({ dims: samples.dims });
    expect([...(arrays[0]?.values ?? [])]).toEqual(Array.from(samples.data, (_, i) => 4 * i));
  });

  test('on one sheet: side by side, and white where there is none', async () => {
    const sheet = contactSheet(samplesOf(1), [2, 3, 1]);
    const options = decodeImage && { decode: decodeImage };
    const { arrays } = await readData('a.png', [{ name: 'a.png', bytes: sheet }], options);
    expect(arrays[0]?.dims).toEqual([1, 4, 6, 1]);
    const line = (row: number) => [...(arrays[0]?.values ?? [])].slice(6 * row, 6 * row + 6);
    expect(line(1)).toEqual([12, 16, 20, 36, 40, 44]);
    expect(line(2)).toEqual([48, 52, 56, 255, 255, 255]);
  });
});

test('columns without a file have numbers for names', () => {
  expect(samplesCsv({ dims: [2, 2], data: Float32Array.of(1, -0.5, 0, 2) }, undefined)).toBe(
    'x1,x2\n1,-0.5\n0,2\n',
  );
});

test('numbers as they are in a file of NumPy', async () => {
  const samples = samplesOf(3);
  const { arrays } = await readData('a.npz', [{ name: 'a.npz', bytes: samplesNpz(samples) }]);
  expect(arrays).toMatchObject([{ name: 'samples', dims: samples.dims, values: samples.data }]);
});
