import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type DataFile, DataRefusal, givenFile } from './data-file';
import { unzip } from './unzip';

const files = { 'b/2.txt': strToU8('two'.repeat(50)), 'a/1.txt': strToU8('one'.repeat(50)) };
async function read(bytes: Uint8Array): Promise<DataFile[]> {
  const found: DataFile[] = [];
  for await (const each of unzip(givenFile({ name: 'x.zip', bytes }), () => undefined)) found.push(each);
  return found;
}
const found = async (bytes: Uint8Array) =>
  (await read(bytes)).map(({ name, bytes: content }) => [name, new TextDecoder().decode(content)]);
const expected = Object.entries(files).map(([name, content]) => [name, new TextDecoder().decode(content)]);

/** Where the entries of the list at the end begin. */
const listed = (bytes: Uint8Array): number[] =>
  [...bytes.keys()].filter((at) => bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1);

test('what is not packed is a part of the zip, in the order in which it lies there', async () => {
  const bytes = zipSync(files, { level: 0 });
  expect(await found(bytes)).toEqual(expected);
  for (const { bytes: part } of await read(bytes)) expect(part.buffer).toBe(bytes.buffer);
});

test('what is packed is unpacked, and a size that lies is refused', async () => {
  const bytes = zipSync(files, { level: 9 });
  expect(await found(bytes)).toEqual(expected);
  const [first = 0] = listed(bytes);
  bytes[first + 24] = 7;
  await expect(read(bytes)).rejects.toThrow(DataRefusal);
});

test.each([
  [
    'with files within each other',
    (bytes: Uint8Array, [first = 0, second = 0]: number[]) =>
      bytes.copyWithin(second + 42, first + 42, first + 46),
  ],
  [
    'whose list is of another format',
    (bytes: Uint8Array, [first = 0]: number[]) => bytes.fill(0, first, first + 4),
  ],
  [
    'whose files lie elsewhere',
    (bytes: Uint8Array, [first = 0]: number[]) => bytes.fill(3, first + 42, first + 46),
  ],
] as const)('a list %s is not trusted: the zip is read from its start', async (_, spoil) => {
  const bytes = zipSync(files, { level: 9 });
  spoil(bytes, listed(bytes));
  expect(await found(bytes)).toEqual(expected);
});

test('a zip that is cut off is refused', async () => {
  const bytes = zipSync(files, { level: 9 });
  await expect(read(bytes.subarray(0, 40))).rejects.toThrow(/cut off, damaged or encrypted/);
});
