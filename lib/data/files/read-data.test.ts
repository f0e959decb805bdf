import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createStream, type Stream } from '@/lib/util/random';
import { chooseOptions } from './choose';
import { type DataFile, DataRefusal } from './data-file';
import { prepareSet } from './prepared-set';
import { readData } from './read-data';
import { counting, decodePng, file, good, idx, images, labels, movingGif, npy, png } from './testing/files';

const read = (...files: readonly DataFile[]) => readData(files[0]?.name ?? '', files, { decode: decodePng });

/** What a file is taken for when nobody says how, ready to be drawn. */
async function prepared(...files: readonly DataFile[]) {
  const contents = await read(...files);
  const options = chooseOptions(files[0]?.name ?? '', contents);
  return { options, set: prepareSet(contents, options), notes: contents.notes };
}

const refusalOf = async (...files: readonly DataFile[]): Promise<string> =>
  prepared(...files).then(
    () => 'taken',
    (error) => (error instanceof DataRefusal ? error.message : `threw ${error}`),
  );

describe('a file is read', () => {
  test('NPY, of floats', async () => {
    const { options, set } = await prepared(good.npy as DataFile);
    expect(options).toMatchObject({ rows: 3, shape: [2], x: ['points'], offset: [2, 3], heldOut: 0.1 });
    expect([...set.values]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('NPY of big-endian integers in the order of Fortran', async () => {
    const { set } = await prepared(good.fortran as DataFile);
    expect([...set.values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test.each([
    ['<f2', Uint8Array.of(0x00, 0x3c, 0x00, 0xc0), [1, -2]],
    ['<f8', new Uint8Array(Float64Array.of(1e300, 0.1).buffer), [1e300, 0.1]],
    ['<i8', new Uint8Array(BigInt64Array.of(-5n, 2n ** 40n).buffer), [-5, 2 ** 40]],
    ['<u2', Uint8Array.of(255, 255, 1, 0), [65_535, 1]],
    ['|i1', Uint8Array.of(255, 1), [-1, 1]],
    ['|b1', Uint8Array.of(1, 0), [1, 0]],
  ])('NPY of %s', async (type, numbers, values) => {
    const { arrays } = await read(file('a.npy', npy(type, '(2,)', numbers)));
    expect([...(arrays[0]?.values ?? [])]).toEqual(values);
  });

  test('NPZ: the largest array is x, whole numbers by a fitting name are labels', async () => {
    const { options, set } = await prepared(good.npz as DataFile);
    expect(options).toMatchObject({ x: ['x'], labels: 'y', classes: ['7', '9'], shape: [2, 3, 1], rows: 4 });
    expect([...(set.labels ?? [])]).toEqual([0, 0, 1, 1]);
  });

  test('IDX and its labels, packed and not', async () => {
    for (const each of [file('images-idx3', images), file('images-idx3.gz', gzipSync(images))]) {
      const { options, set } = await prepared(each, file('labels-idx1', labels));
      expect(options).toMatchObject({ shape: [2, 3, 1], labels: 'labels-idx1', classes: ['0', '1'] });
      expect(set).toMatchObject({ values: counting(24), labels: Uint16Array.of(1, 0, 1, 0) });
    }
  });

  test('CSV: words that all differ, and those that are all alike, are no classes', async () => {
    const rows = Array.from({ length: 8 }, (_, i) => `name ${i},${i},${'ab'[i % 2]},same`);
    const { options } = await prepared(file('a.csv', ['id,size,sort,note', ...rows].join('\n')));
    expect(options).toMatchObject({ x: ['size'], labels: 'sort', classes: ['a', 'b'] });
  });

  test('CSV: header, quotes, columns of numbers, a column of classes', async () => {
    const { options, set } = await prepared(good.csv as DataFile);
    expect(options).toMatchObject({ x: ['height', 'weight, kg'], labels: 'kind', classes: ['a', 'b'] });
    expect(options.offset).toEqual([171.25, 66.375]);
    expect([...set.values]).toEqual([170, 65.5, 180, 80, 160, 50, 175, 70]);
  });

  test.each([
    ['tabs without a header', '1\t2\n3\t4\n', ['column 1', 'column 2'], [1, 2, 3, 4]],
    ['semicolons and decimal commas', 'a;b\r\n1,5;-2\r\n0,25;3e1\r\n', ['a', 'b'], [1.5, -2, 0.25, 30]],
    ['one column', 'length\n1\n\n2\n', ['length'], [1, 2]],
    ['a line break in quotes, names twice', '"a\nb",a,a\n1,2,3', ['a\nb', 'a', 'a 2'], [1, 2, 3]],
    ['text behind a quote', '"a"b,c\n1,2\n', ['ab', 'c'], [1, 2]],
  ])('a table with %s', async (_, text, x, values) => {
    const { options, set } = await prepared(file('t.csv', text));
    expect(options.x).toEqual(x);
    expect([...set.values]).toEqual(values);
  });

  test('a column that is not all numbers is left out, and said', async () => {
    const { options, notes } = await prepared(file('t.csv', 'a,b,c\n1,2,NaN\n3,,4\n'));
    expect(options.x).toEqual(['a']);
    expect(notes).toEqual([
      'Column b is left out: in row 3 it is empty, not a number.',
      'Column c is left out: in row 2 it is "NaN", not a number.',
    ]);
  });

  test('images of a zip: folders are classes, a damaged one is skipped and listed', async () => {
    const zip = zipSync({
      'cats/1.png': png(8, 8, 10),
      'cats/2.png': png(8, 8, 20),
      'cats/3.png': png(8, 8).subarray(0, 29),
      'dogs/1.png': png(8, 8, 30),
      'dogs/2.png': png(20, 9, 40),
      '__MACOSX/cats/1.png': png(8, 8),
    });
    const { options, set, notes } = await prepared(file('pets.zip', zip));
    expect(options).toMatchObject({ rows: 4, shape: [8, 8, 3], classes: ['cats', 'dogs'], offset: [127.5] });
    expect([...(set.labels ?? [])]).toEqual([0, 0, 1, 1]);
    expect([0, 1, 2, 3].map((row) => set.values[row * 192])).toEqual([10, 20, 30, 40]);
    expect(notes).toEqual(['cats/3.png is skipped: the PNG is damaged.']);
  });

  test('images among files that cannot be used: each of these is listed', async () => {
    const { options, notes } = await prepared(
      file('1.png', png(8, 8, 10)),
      file('2.png', png(40_000, 40_000)),
      file('3.png', png(8, 8, 20)),
      file('4.png', png(8, 8).fill(7, 8, 20)),
      file('desktop.ini', '[.ShellClassInfo]'),
      file('empty.zip', zipSync({ 'a/': new Uint8Array() })),
      file('labels.csv', 'size\n1\n2\n'),
      file(
        'notes.docx',
        zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'a/thumbnail.png': png(8, 8) }),
      ),
      file('old.zip', zipSync({ 'a.png': png(8, 8) }).subarray(0, 45)),
      file('first.npy', (good.npy as DataFile).bytes),
      file('sign.svg', '<?xml version="1.0"?>\n<!-- drawn --><svg/>'),
    );
    expect(options.rows).toBe(2);
    expect(notes).toEqual([
      '2.png is skipped: a PNG of at most 64 million pixels was expected; it says 40000 × 40000.',
      '4.png is skipped: the PNG is damaged.',
      'Left out: empty.zip: files were expected in it; there is none.',
      'Left out: labels.csv: an image was expected, as the others.',
      'Left out: notes.docx: images or numbers were expected; this is an Office document. Save a table as CSV.',
      'Left out: old.zip: a zip was expected; it is cut off, damaged or encrypted after 0 bytes, in a.png.',
      'Left out: sign.svg: an image in PNG, JPEG, WebP, GIF or AVIF was expected; this is a drawing (SVG). Save it as PNG.',
      'Left out: first.npy: an image was expected, as the others.',
    ]);
  });
});

test('a zip that holds nothing is left out while images before it are still being decoded', async () => {
  const later = () => new Promise((resolve) => setTimeout(resolve, 5));
  const decode = (bytes: Uint8Array) => later().then(() => decodePng(bytes));
  const pictures = [0, 1, 2, 3, 4].map((i) => file(`${i}.png`, png(2, 2, i)));
  const document = file('a.docx', zipSync({ '[Content_Types].xml': strToU8('<Types/>') }));
  let reads = 0;
  // Its beginning is there at once, its list takes longer than the images.
  const read = async (start: number, end: number) => {
    if (reads++ > 0) await later().then(later);
    return document.bytes.subarray(start, end);
  };
  const files = [...pictures, { name: document.name, size: document.bytes.length, read }];
  const { arrays, notes } = await readData('set', files, {
    decode,
    images: { shape: [2, 2, 3], fit: 'crop' },
  });
  expect(arrays[0]?.dims).toEqual([5, 2, 2, 3]);
  expect(notes).toEqual([expect.stringContaining('a.docx: images or numbers were expected')]);
});

test.each<[string, readonly string[], readonly (readonly string[])[], string?]>([
  ['of one level', ['a/1', 'a/2', 'b/1', 'b/2'], [['a', 'a', 'b', 'b']]],
  ['in one that all are in', ['set/a/1', 'set/a/2', 'set/b/1', 'set/b/2'], [['a', 'a', 'b', 'b']]],
  [
    'in folders of folders',
    ['set/train/a/1', 'set/train/b/1', 'set/test/a/1', 'set/test/b/1'],
    [
      ['train', 'train', 'test', 'test'],
      ['a', 'b', 'a', 'b'],
    ],
  ],
  [
    'of which some have others',
    ['a/1', 'a/2', 'a/green/1', 'a/green/2', 'b/1', 'b/2'],
    [
      ['a', 'a', 'a', 'a', 'b', 'b'],
      ['a', 'a', 'green', 'green', 'b', 'b'],
    ],
  ],
  ['beside images in none', ['1', '2', 'a/1', 'a/2'], [['', '', 'a', 'a']]],
  [
    'of their own',
    ['a/1/x', 'a/2/x', 'b/3/x', 'b/4/x'],
    [
      ['a', 'a', 'b', 'b'],
      ['1', '2', '3', '4'],
    ],
    'outer folder',
  ],
])('labels of images in folders %s', async (_, names, expected, chosen = 'folder') => {
  const { arrays } = await read(...names.map((name, i) => file(`${name}.png`, png(2, 2, i))));
  const found = arrays.slice(1).map(({ values, words }) => Array.from(values, (place) => words?.[place]));
  expect(found).toEqual(expected);
  expect(chooseOptions('set', { arrays, notes: [] }).labels).toBe(chosen);
});

test('each frame of a GIF is an image, up to one that is damaged', async () => {
  const cut = movingGif.subarray(0, movingGif.length - 12);
  const zip = zipSync({ 'a/1.gif': movingGif, 'b/1.gif': cut, 'b/2.gif': movingGif.subarray(0, 20) });
  const { options, set, notes } = await prepared(file('moving.zip', zip));
  expect(options).toMatchObject({ rows: 5, shape: [4, 6, 3], classes: ['a', 'b'] });
  // Red in the corner; what is cleared is white.
  expect([...set.values.subarray(0, 3)]).toEqual([255, 0, 0]);
  expect([...set.values.subarray(2 * 72 + 21, 2 * 72 + 24)]).toEqual([255, 255, 255]);
  expect(notes).toEqual([
    'b/1.gif is skipped from frame 3 on: the GIF is damaged.',
    'b/2.gif is skipped: the GIF is damaged.',
  ]);
});

describe('a bad file gets a sentence with its name:', () => {
  const deep = zipSync({ 'zeros.npy': npy('|u1', '(10,)', new Uint8Array(5_000_000)) });
  test.each<[string, readonly DataFile[], string]>([
    ['an empty file', [file('a.csv', '')], 'a.csv: data was expected; the file is empty.'],
    ['blank text', [file('a.csv', ' \n\n')], 'a.csv: rows were expected; it has none.'],
    ['a header alone', [file('a.csv', 'a,b\n')], 'a.csv: rows were expected; it has none.'],
    [
      'a table of text',
      [file('a.csv', 'name\nada\nbob\n')],
      'a column of numbers was expected; it has none. Column name holds words, such as "ada".',
    ],
    [
      'a ragged table',
      [file('a.csv', '1,2\n3\n')],
      'a.csv: each row must have 2 cells, as the first; row 2 has 1.',
    ],
    [
      'binary in a table',
      [file('a.csv', Uint8Array.of(1, 0, 0, 0, 7))],
      'a.csv: a table as text was expected; it is no text.',
    ],
    ['something else', [file('a.exe', 'MZ')], 'a.exe: images (PNG, JPEG, WebP, GIF, AVIF), IDX, NPY'],
    [
      'a drawing',
      [file('a.svg', '<svg/>')],
      'a.svg: an image in PNG, JPEG, WebP, GIF or AVIF was expected; this is a drawing (SVG). Save it as PNG.',
    ],
    [
      'a photo of a phone',
      [file('a.heic', '\0\0\0\x18ftypheic\0\0\0\0')],
      'a.heic: an image in PNG, JPEG, WebP, GIF or AVIF was expected; this is a picture in HEIC. Save it as JPEG.',
    ],
    [
      'objects',
      [file('a.npy', npy('|O', '(1,)', Uint8Array.of(0x80, 4)))],
      'a.npy: an array of numbers was expected; it holds Python objects, which are pickled programs and never run here.',
    ],
    ['complex numbers', [file('a.npy', npy('<c8', '(1,)', counting(8)))], 'its type is "<c8"'],
    [
      'a header that lies',
      [file('a.npy', npy('<f8', '(999999999999, 9)', counting(8)))],
      'a.npy: 999999999999 × 9 of <f8 take 72 TB; after the header stand 8 bytes.',
    ],
    [
      'no rows',
      [file('a.npy', npy('<f8', '(0, 9)', counting(0)))],
      'a.npy: numbers in rows were expected; there is no row.',
    ],
    [
      'a header that is cut off',
      [file('a.npy', npy('<f8', '(1,)', counting(8)).subarray(0, 20))],
      'a.npy: an array of NumPy was expected; it ends in its header.',
    ],
    [
      'NaN',
      [file('a.npy', npy('<f4', '(3,)', new Uint8Array(Float32Array.of(1, Number.NaN, 2).buffer)))],
      'a.npy: numbers were expected; 1 value of a is none, the first (NaN) in row 2.',
    ],
    [
      'an IDX whose count lies',
      [file('a-idx3', idx(8, [5, 2, 3], counting(24)))],
      'a-idx3: its header says 5 × 2 × 3, which is 30 bytes; 24 bytes follow.',
    ],
    [
      'an IDX that goes on',
      [file('a-idx3.gz', gzipSync(idx(8, [1, 2, 3], new Uint8Array(100_000))))],
      'a-idx3.gz: its header says 22 bytes, and there is more in it.',
    ],
    [
      'labels of another length',
      [file('images-idx3', images), file('labels-idx1', idx(8, [3], counting(3)))],
      'as many labels as rows were expected; images-idx3 has 4 rows, labels-idx1 3 labels.',
    ],
    [
      'a gzip that is cut off',
      [file('a-idx3.gz', gzipSync(images).subarray(0, 30))],
      'a-idx3.gz: a gzip file was expected; it is cut off or damaged',
    ],
    [
      'a zip that is cut off',
      [file('a.zip', (good.zip as DataFile).bytes.subarray(0, 55))],
      'a.zip: a zip was expected; it is cut off, damaged or encrypted after 0 bytes, in cats/1.png.',
    ],
    ['a zip bomb', [file('a.zip', deep)], 'a.zip (zeros.npy): its header says'],
    [
      'an enormous image',
      [file('a.png', png(40_000, 40_000))],
      'a.png: a PNG of at most 64 million pixels was expected; it says 40000 × 40000.',
    ],
    [
      'damaged images',
      [file('a.png', png(8, 8).subarray(0, 25))],
      'images were expected; 1 file in it, all damaged.',
    ],
    [
      'two tables',
      [file('a.csv', '1\n'), file('b.csv', '2\n')],
      'one table was expected; there are 2: a.csv, b.csv.',
    ],
  ])('%s', async (_, files, sentence) => {
    expect(await refusalOf(...files)).toContain(sentence);
  });
});

/** As many as FUZZ says. */
const MUTATIONS = Number(process.env.FUZZ ?? 1_600);
const kinds = Object.keys(good);

test(`${MUTATIONS} files with changed, lost and doubled bytes: taken or refused, never anything else`, async () => {
  const outcomes = { taken: 0, refused: 0 };
  for (let seed = 0; seed < MUTATIONS; seed++) {
    const kind = kinds[seed % kinds.length] as string;
    const { name, bytes } = good[kind] as DataFile;
    const outcome = await refusalOf({ name, bytes: mutate(bytes, createStream('mutate', seed)) });
    expect(outcome, `seed ${seed}, ${kind}`).not.toMatch(/^threw/);
    outcomes[outcome === 'taken' ? 'taken' : 'refused']++;
  }
  expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(MUTATIONS / 10);
}, 600_000);

function mutate(bytes: Uint8Array, random: Stream): Uint8Array {
  let out = Uint8Array.from(bytes);
  for (let times = 1 + random.integer(4); times > 0; times--) {
    const at = random.integer(out.length + 1);
    const length = random.integer(16);
    switch (random.integer(4)) {
      case 0:
        out[at] = random.integer(256);
        break;
      case 1:
        out[at] = random.integer(2) * 255;
        break;
      case 2:
        out = Uint8Array.from([...out.subarray(0, at), ...out.subarray(at + length)]);
        break;
      default:
        out = Uint8Array.from([...out.subarray(0, at), ...out.subarray(Math.max(0, at - length))]);
    }
  }
  return out;
}
