import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { prepareSet } from '../files/prepared-set';
import { decodePng, file, good, idx, images, labels, npy, png } from '../files/testing/files';
import { deleteKept, listKept, openKept, renameKept } from './kept-data';
import type { FromImportWorker, NamedFile, ToImportWorker } from './protocol';
import { serveImport } from './serve-import';

const named = ({ name, bytes }: ReturnType<typeof file>): NamedFile => ({
  name,
  file: new Blob([bytes as Uint8Array<ArrayBuffer>]),
});

/** A worker of its own, and its answers but for progress. */
function start(decode = decodePng) {
  const answers: FromImportWorker[] = [];
  const receive = serveImport(decode, (message) => answers.push(message));
  const ask = async (message: ToImportWorker): Promise<FromImportWorker> => {
    const from = answers.length;
    receive(message);
    return vi.waitFor(() => {
      const answer = answers.slice(from).find(({ type }) => type !== 'progress');
      if (!answer) throw new Error('no answer');
      return answer;
    });
  };
  return { ask, answers };
}

const open = (name: string, ...files: ReturnType<typeof file>[]): ToImportWorker => ({
  type: 'open',
  name,
  files: files.map(named),
  choice: {},
});

const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

const previewOf = (answer: FromImportWorker) => {
  if (answer.type !== 'preview') throw new Error(JSON.stringify(answer));
  return answer;
};
const keptOf = (answer: FromImportWorker) => {
  if (answer.type !== 'kept') throw new Error(JSON.stringify(answer));
  return answer;
};

test('a table: shown as it is prepared, and kept whole, so that another choice needs no file', async () => {
  const { ask } = start();
  const { csv } = good as { csv: ReturnType<typeof file> };
  const first = previewOf(await ask(open(csv.name, csv)));
  expect(first.id).toBe(`import:${sha256(csv.bytes)}`);
  expect(first.preview.options).toMatchObject({ rows: 4, x: ['height', 'weight, kg'], labels: 'kind' });
  expect(first.preview.choices).toMatchObject({
    isTable: true,
    labels: ['height', 'kind'],
    scaling: 'standard',
  });
  const choice = { x: ['height'], labels: '', scaling: 'unit' } as const;
  const second = previewOf(await ask({ type: 'preview', choice }));
  expect(second.preview.options).toMatchObject({ shape: [1], labels: '', classes: [] });
  expect([...second.preview.x].map((value) => value.toFixed(3))).toEqual([
    '0.500',
    '1.000',
    '0.000',
    '0.750',
  ]);

  const { id, options, kept } = keptOf(await ask({ type: 'keep', choice }));
  expect(options).toEqual(second.preview.options);
  expect(await listKept()).toEqual([kept]);
  const contents = await openKept(id, options);
  expect(contents?.arrays.map(({ name }) => name)).toEqual(['height', 'weight, kg', 'kind']);
  if (contents) expect([...prepareSet(contents, options).values]).toEqual([170, 180, 160, 175]);
  await renameKept(kept.key, 'heights');
  expect((await listKept()).map(({ name }) => name)).toEqual(['heights']);
  await deleteKept(kept.key);
  expect(await listKept()).toEqual([]);
  expect(await openKept(id, options)).toBeUndefined();
});

test('several files have the hash of what sha256sum prints of them, in the order of their names', async () => {
  const files = [file('t-labels-idx1-ubyte', labels), file('t-images-idx3-ubyte', images)];
  const { id, preview } = previewOf(await start().ask(open('t-images-idx3-ubyte', ...files)));
  const lines = files.toReversed().map(({ name, bytes }) => `${sha256(bytes)}  ${name}\n`);
  expect(id).toBe(`import:${sha256(lines.join(''))}`);
  expect(preview).toMatchObject({
    options: { rows: 4, shape: [2, 3, 1], classes: ['0', '1'] },
    labels: [1, 0, 1, 0],
  });
});

test('images that are shown lie all over a sorted set, of a zip and of a folder', async () => {
  const files = Array.from({ length: 200 }, (_, i) =>
    file(`${'abcd'[Math.floor(i / 50)]}/${100 + i}.png`, png(2, 2, i)),
  );
  const zip = file('set.zip', zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]))));
  for (const given of [[zip], files]) {
    const { ask } = start();
    const { preview } = previewOf(await ask(open('set', ...given)));
    expect(preview.options).toMatchObject({ rows: 200, classes: ['a', 'b', 'c', 'd'] });
    const firsts = Array.from(preview.x).filter((_, i) => i % 12 === 0);
    expect(firsts).toHaveLength(40);
    const places = firsts.map((value) => Math.floor(Math.round(value * 127.5 + 127.5) / 50));
    for (const place of [0, 1, 2, 3]) expect(places.filter((each) => each === place)).toHaveLength(10);
  }
});

test('images: the first are decoded for a preview, all of them once they are used, in the size that was chosen', async () => {
  const names = Array.from(
    { length: 60 },
    (_, i) => `${i % 2 ? 'odd' : 'even'}/${String(i).padStart(2, '0')}.png`,
  );
  const whole = Object.fromEntries(names.map((name, i) => [name, png(8, 8, i)]));
  const damaged = { ...whole, 'even/56.png': png(8, 8).subarray(0, 25) };
  const decode = vi.fn(decodePng);
  const { ask } = start(decode);
  const { preview } = previewOf(await ask(open('set.zip', file('set.zip', zipSync(damaged)))));
  expect(preview.options).toMatchObject({ rows: 60, shape: [8, 8, 3], classes: ['even', 'odd'] });
  expect(preview.x).toHaveLength(40 * 8 * 8 * 3);
  const shown = decode.mock.calls.length;
  expect(shown).toBeLessThan(100);

  const choice = { shape: [4, 4, 1], fit: 'stretch', scaling: 'none' } as const;
  const small = previewOf(await ask({ type: 'preview', choice })).preview;
  expect(small.options.shape).toEqual([4, 4, 1]);
  expect([small.x.length, small.x[0], small.x.at(-1)]).toEqual([40 * 16, 0, 58]);
  expect(small.range).toEqual([0, 255]);

  const { id, options, notes } = keptOf(await ask({ type: 'keep', choice }));
  expect(options).toMatchObject({ rows: 59, shape: [4, 4, 1], fit: 'stretch' });
  expect(notes).toEqual(['even/56.png is skipped: the PNG is damaged.']);
  const contents = await openKept(id, options);
  expect(contents?.arrays.map(({ dims }) => dims)).toEqual([[59, 4, 4, 1], [59]]);
  expect(await openKept(id, { ...options, shape: [8, 8, 1] })).toBeUndefined();

  // A document that wants them otherwise is given them so.
  const other = { ...options, shape: [6, 6, 3] };
  keptOf(await ask({ type: 'keep-for', options: other }));
  expect((await openKept(id, other))?.arrays[0]?.values).toHaveLength(59 * 108);
  for (const { key } of await listKept()) await deleteKept(key);
});

test('large arrays are kept in pieces, and none of them stays', async () => {
  const pixels = Uint8Array.from({ length: 7_000 * 28 * 28 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
  const numbers = Float64Array.from({ length: 2 * 300_001 }, (_, i) => Math.sin(i));
  for (const given of [
    file('a-idx3-ubyte', idx(8, [7_000, 28, 28], pixels)),
    file('b.npy', npy('<f8', '(300001, 2)', new Uint8Array(numbers.buffer))),
  ]) {
    const { ask } = start();
    previewOf(await ask(open(given.name, given)));
    // A second time in the place of the first.
    await ask({ type: 'keep', choice: {} });
    const { id, options, kept } = keptOf(await ask({ type: 'keep', choice: {} }));
    const values = (await openKept(id, options))?.arrays[0]?.values;
    const expected = given.name === 'b.npy' ? numbers : pixels;
    expect(values?.constructor).toBe(expected.constructor);
    expect(Buffer.from(values?.buffer as ArrayBuffer).equals(Buffer.from(expected.buffer))).toBe(true);
    expect(kept.bytes).toBe(expected.byteLength);
    await deleteKept(kept.key);
    expect(await countRecords()).toBe(0);
  }
});

const countRecords = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('ganvas-data');
    opening.onsuccess = () => {
      const count = opening.result.transaction('arrays').objectStore('arrays').count();
      count.onsuccess = () => resolve(count.result);
      count.onerror = () => reject(count.error);
      opening.result.close();
    };
  });

test('what cannot be used gets its sentence, and nothing of it is kept', async () => {
  const { ask } = start();
  expect(await ask(open('a.csv', file('a.csv', 'name\nada\n')))).toMatchObject({
    type: 'refused',
    isChoice: false,
    message: expect.stringContaining('a.csv: '),
  });
  const asked = start();
  await asked.ask(open('points.tsv', file('points.tsv', '1\t2\n3\t4\n5\t6\n')));
  const options = previewOf(await asked.ask({ type: 'preview', choice: {} })).preview.options;
  expect(await asked.ask({ type: 'keep-for', options: { ...options, rows: 9 } })).toMatchObject({
    type: 'refused',
    isChoice: true,
    message: expect.stringContaining('9 rows were expected; column 1 has 3 rows.'),
  });
  expect(await listKept()).toEqual([]);
});

test('storage that is full is said with the bytes that were wanted', async () => {
  const { ask } = start();
  await ask(open('points.tsv', file('points.tsv', '1\t2\n3\t4\n5\t6\n')));
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(await ask({ type: 'keep', choice: {} })).toMatchObject({
    type: 'refused',
    message: expect.stringContaining('points.tsv: this browser has no room for its 48 bytes.'),
  });
  vi.restoreAllMocks();
});
