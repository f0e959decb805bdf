import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readData } from '@/lib/data/files/read-data';
import { findExample } from '@/lib/examples/catalogue';
import {
  contactSheet,
  formatsOf,
  imagesZip,
  sampleFormats,
  samplesCsv,
  samplesNpz,
} from '@/lib/export/sample-files';
import { knownOf } from '@/lib/train/sample-set';
import { loadExample, planOf } from '@/lib/train/testing/train';
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
    [['a.png'], 'Samples of 2 are no images: -o takes .csv or .npz.'],
    [['a.gif'], '-o takes a name that ends in .zip, .png, .npz, .csv, .txt.'],
    [['a.csv', '--of', 'nowhere.x'], '--of nowhere.x: the game has no such output. It has '],
    [['a.csv', '--count', '0'], '--count takes a whole number from 1 to 100,000, not "0".'],
  ])('%j: a sentence, exit 2', async ([name = '', ...more], sentence) => {
    expect(await sampled(name, ...more)).toMatchObject({ code: 2, error: expect.stringContaining(sentence) });
  });
});

const command = (name: string, ...more: string[]) =>
  ganvas([name, at('game.json'), '--checkpoint', at('run'), '--data', at('two.csv'), ...more]);

test('interpolate goes from one seed to another, both included', async () => {
  const from = await sampled('seeds.csv', '--count', '8');
  const ended = await command('interpolate', '-o', at('way.csv'), '--from', '2', '--to', '7', '--steps', '5');
  expect(ended).toMatchObject({ code: 0, out: '', error: '5 samples from seed 2 to 7, spherical.\n' });
  const lines = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim().split('\n').slice(1);
  const way = lines(new Uint8Array(readFileSync(at('way.csv'))));
  expect(way).toHaveLength(5);
  expect([way[0], way[4]]).toEqual([lines(from.bytes)[2], lines(from.bytes)[7]]);
  expect(await command('interpolate', '-o', at('way.csv'), '--path', 'round')).toMatchObject({
    code: 2,
    error: '--path is linear or spherical, not "round".\n',
  });
});

test('project finds the noise of a point in the units of the file', async () => {
  const { bytes } = await sampled('one.csv', '--count', '1', '--seed', '9');
  const point = new TextDecoder().decode(bytes).trim().split('\n')[1] ?? '';
  const ended = await command('project', '--target', point, '-o', at('near.csv'));
  expect(ended.code).toBe(0);
  const found = JSON.parse(ended.out);
  expect(found.rms).toBeLessThan(0.02);
  expect(found.noise.every(Number.isFinite)).toBe(true);
  expect(new TextDecoder().decode(readFileSync(at('near.csv'))).split('\n')[1]).toBe(point);
  expect(await command('project', '--target', '1')).toMatchObject({
    code: 2,
    error: '--target takes 2 numbers with commas between them, not "1".\n',
  });
});

/** Three images, 2 × 3, of three channels or one, whose every byte is another. */
const samplesOf = (channels: number) => ({
  dims: [3, 2, 3, channels],
  seeds: [0, 1, 2],
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
  expect(samplesCsv({ dims: [2, 2], data: Float32Array.of(1, -0.5, 0, 2), seeds: [0, 1] })).toBe(
    'x1,x2\n1,-0.5\n0,2\n',
  );
});

test('strings leave as lines of text, not as images', () => {
  const plan = planOf(loadExample('grammar'));
  const alphabet = ['0', '1', '2', '+', '-', '_'];
  const places = [1, 3, 5];
  const samples = {
    dims: [1, 3, 6],
    seeds: [0],
    data: Float32Array.from({ length: 18 }, (_, i) => (places[Math.floor(i / 6)] === i % 6 ? 1 : 0.2)),
  };
  const known = knownOf(plan, samples);
  expect(known.alphabet).toEqual(alphabet);
  expect(formatsOf(samples, known)).toEqual(['txt', 'csv', 'npz']);
  expect(sampleFormats.txt.write(samples, known)).toBe('1+_\n');
  expect(sampleFormats.txt.write({ ...samples, classes: ['a'] }, known)).toBe('1+_\ta\n');
  expect(sampleFormats.zip.write(samples, known)).toBeUndefined();
  expect(sampleFormats.txt.write(samplesOf(1), knownOf(plan, samplesOf(1)))).toBeUndefined();
});

test('numbers as they are in a file of NumPy', async () => {
  const samples = samplesOf(3);
  const { arrays } = await readData('a.npz', [{ name: 'a.npz', bytes: samplesNpz(samples) }]);
  expect(arrays).toMatchObject([
    { name: 'samples', dims: samples.dims, values: samples.data },
    { name: 'seeds', values: Float32Array.of(0, 1, 2) },
  ]);
});

test('of classes: a folder and a line for each, and its name beside every point', async () => {
  const classes = ['nine', 'nine', 'one/two'];
  const zip = unzipSync(imagesZip({ ...samplesOf(1), seeds: [7, 8, 7], classes }, [2, 3, 1]));
  expect(Object.keys(zip)).toEqual(['nine/seed-0007.png', 'nine/seed-0008.png', 'one_two/seed-0007.png']);
  const sheet = contactSheet({ ...samplesOf(1), classes }, [2, 3, 1]);
  const options = decodeImage && { decode: decodeImage };
  const { arrays } = await readData('a.png', [{ name: 'a.png', bytes: sheet }], options);
  expect(arrays[0]?.dims).toEqual([1, 4, 6, 1]);
  const points = { dims: [2, 1], data: Float32Array.of(1, 2), seeds: [0, 0], classes: ['a', 'b'] };
  expect(samplesCsv(points)).toBe('x1,class\n1,a\n2,b\n');
});
