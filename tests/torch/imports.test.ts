import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { decodeImage } from '@/bin/decode-image';
import { chooseOptions } from '@/lib/data/files/choose';
import type { DataFile } from '@/lib/data/files/data-file';
import { type ImportOptions, imageDims } from '@/lib/data/files/import-options';
import { importPython } from '@/lib/data/files/import-python';
import { prepareSet } from '@/lib/data/files/prepared-set';
import { readData } from '@/lib/data/files/read-data';
import { placesOfPart, takeFrom } from '@/lib/data/files/take-rows';
import { file, good, images, labels } from '@/lib/data/files/testing/files';
import type { Part } from '@/lib/data/source';
import { createStream } from '@/lib/util/random';
import { hasPackages, python, script } from './python';

/** A file is read and prepared in the exported Python as it is here: the same rows, in the same order, to 1e-6. */
const hasNumpy = hasPackages('numpy');
const hasPillow = hasPackages('numpy', 'PIL.Image') && decodeImage !== undefined;

const scratch = mkdtempSync(join(tmpdir(), 'ganvas-imports-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

const everything: Part = { split: 'all', count: null, perClass: null, draw: 0 };

async function oursOf(files: readonly DataFile[], change: Partial<ImportOptions>, part: Part) {
  const [{ name }] = files as readonly [DataFile];
  const decoding = decodeImage && { decode: decodeImage };
  const first = await readData(name, files, decoding);
  const options = { ...chooseOptions(name, first), ...change };
  const { shape, fit } = options;
  const size = imageDims(shape) && { images: { shape, fit } };
  const contents = await readData(name, files, { ...decoding, ...size });
  const set = prepareSet(contents, options);
  const places = placesOfPart(set, options, part);
  return { options, places, batch: takeFrom(set, options, places) };
}

function theirsOf(
  files: readonly DataFile[],
  options: ImportOptions,
  part: Part,
  given = join(scratch, files[0]?.name ?? ''),
): { x: number[]; labels?: number[][] } {
  for (const { name, bytes } of files) writeFileSync(join(scratch, name), bytes);
  const lines = files.map(({ name, bytes }) => `${sha256(bytes)}  ${name}\n`).join('');
  const [first] = files as readonly [DataFile];
  const { helpers, body } = importPython(
    `import:${sha256(files.length === 1 ? first.bytes : lines)}`,
    options,
  );
  const script = `import json, math, pathlib, re, struct
import numpy as np

GIVEN = [${JSON.stringify(given)}]


def deal(found, rng, rows, index, name):
    return found


${helpers.join('\n\n\n')}


def draw(part, name, rng, rows, index):
${body.replace(/^(?=.)/gm, '    ')}


part = ("${part.split}", ${part.count ?? 'None'}, ${part.perClass ?? 'None'}, ${part.draw})
rows = len(import_part("${sha256(files.length === 1 ? first.bytes : lines)}", ${JSON.stringify(options).replaceAll('false', 'False').replaceAll('true', 'True')}, part)["x"])
found = draw(part, "", None, rows, 0)
print(json.dumps({port: values.ravel().tolist() if port == "x" else values.tolist() for port, values in found.items()}))
`;
  return JSON.parse(execFileSync(python, ['-'], { input: script, encoding: 'utf8', maxBuffer: 2 ** 26 }));
}

/** 60 rows of two columns and three classes. */
const random = createStream('imports');
const rows = Array.from({ length: 60 }, (_, i) =>
  [random.normal() * 9 + 170, random.uniform(), 'abc'[i % 3]].join(','),
);
const people = file('people.csv', `height,share,kind\n${rows.join('\n')}\n`);
const mnist = [
  file('t-images-idx3-ubyte.gz', gzipSync(images)),
  file('t-labels-idx1-ubyte.gz', gzipSync(labels)),
];

test.runIf(hasNumpy).each<[string, readonly DataFile[], Partial<ImportOptions>, Part]>([
  ['a table', [people], {}, everything],
  ['what is held out of it', [people], { heldOut: 0.25 }, { ...everything, split: 'test' }],
  ['a second set of a size', [people], {}, { split: 'train', count: 17, perClass: null, draw: 3 }],
  ['few of each class', [people], {}, { split: 'train', count: null, perClass: 4, draw: 1 }],
  [
    'decimal commas without a header',
    [file('comma.csv', '1,5;2;7\n0,5;3;7\n-1;4;8\n2,5e1;5;8\n')],
    {},
    everything,
  ],
  ['floats of NumPy', [good.npy as DataFile], {}, everything],
  ['big-endian integers in the order of Fortran', [good.fortran as DataFile], {}, everything],
  ['arrays by name, with labels', [good.npz as DataFile], {}, everything],
  ['images and labels of IDX', mnist, {}, everything],
  ['mirrored images', mnist, { flip: true }, { ...everything, split: 'train' }],
  ['images that grow, in colour, cropped', mnist, { shape: [5, 4, 3] }, everything],
  ['images that shrink, surrounded', mnist, { shape: [3, 2, 1], fit: 'contain' }, everything],
  ['images that are stretched', mnist, { shape: [4, 2, 1], fit: 'stretch' }, everything],
])('%s: the same numbers in Python', async (_, files, change, part) => {
  const { options, batch } = await oursOf(files, change, part);
  const theirs = theirsOf(files, options, part);
  expect(theirs.x).toHaveLength(batch.x.length);
  expect(batch.x.length).toBeGreaterThan(0);
  const errors = theirs.x.map((value, i) => Math.abs(value - (batch.x[i] as number)));
  expect(Math.max(...errors)).toBeLessThan(1e-6);
  expect(theirs.labels?.flat()).toEqual(batch.labels && [...batch.labels]);
});

const pictures = join(scratch, 'pictures');
if (hasPillow) {
  mkdirSync(pictures);
  execFileSync(python, [script('pictures.py'), pictures], { stdio: 'ignore' });
}

test.runIf(hasPillow).each<[string, Partial<ImportOptions>]>([
  ['as they are', { shape: [38, 50, 3] }],
  ['cropped and grey', { shape: [16, 16, 1], fit: 'crop' }],
  ['surrounded', { shape: [9, 30, 3], fit: 'contain' }],
  ['stretched', { shape: [60, 60, 3], fit: 'stretch' }],
])('pictures of every form, read by Pillow, are what they are here: %s', async (_, change) => {
  const names = readdirSync(pictures).sort();
  const files = names.map((name) => file(name, readFileSync(join(pictures, name))));
  const { options, places, batch } = await oursOf(files, change, everything);
  const theirs = theirsOf(files, options, everything, pictures);
  const rows = names.flatMap((name) => {
    if (name.startsWith('cut-') || name === 'Thumbs.db') return [];
    return name === 'frames.gif' ? [name, name, name] : [name];
  });
  expect(options.rows).toBe(rows.length);
  expect(theirs.x).toHaveLength(batch.x.length);
  const apart = new Map<string, number>();
  theirs.x.forEach((value, i) => {
    const row = Math.floor((i * rows.length) / theirs.x.length);
    const name = rows[places[row] as number] as string;
    apart.set(name, Math.max(apart.get(name) ?? 0, Math.abs(value - (batch.x[i] as number))));
  });
  for (const [name, most] of apart) expect(most, name).toBeLessThan(1e-6);
});

test.runIf(hasPillow).each(['folder', 'outer folder'])('labels by %s are those of Python', async (labels) => {
  const one = readFileSync(join(pictures, 'colour.png'));
  const names = ['set/a/1', 'set/a/2', 'set/a/green/1', 'set/a/green/2', 'set/b/1', 'set/b/2', 'set/3'];
  const zip = file('nested.zip', zipSync(Object.fromEntries(names.map((name) => [`${name}.png`, one]))));
  const classes = labels === 'folder' ? ['a', 'b', 'green', 'set'] : ['', 'a', 'b'];
  const { options, batch } = await oursOf([zip], { labels, classes, shape: [2, 2, 1] }, everything);
  const theirs = theirsOf([zip], options, everything);
  expect(theirs.labels?.flat()).toEqual(batch.labels && [...batch.labels]);
  expect(theirs.labels?.map((row) => row.indexOf(1)).sort()).toEqual(
    labels === 'folder' ? [0, 0, 1, 1, 2, 2, 3] : [0, 1, 1, 1, 1, 2, 2],
  );
});

test.skipIf(hasPillow)(`pictures are not tried: ${python} has no Pillow`, () => {});

test.skipIf(hasNumpy)(`is not tried: ${python} has no numpy (set PYTHON to one that has)`, () => {});
