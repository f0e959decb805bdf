import { Inflate, strFromU8, Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { littleEndian, startsWith } from '@/lib/util/bytes';
import { formatCount } from '@/lib/util/format-count';
import { type DataFile, DataRefusal, type GivenFile, MOST_TEXT, sayBytes } from './data-file';
import { collectBytes, type LengthOf, PIECE } from './gunzip';
import { readAhead, windowsOf } from './read-ahead';

const MOST_FILES = 200_000;

type Passed = ((bytes: number) => void) | undefined;

/**
 * The files of a zip, one after the other as they come: neither the zip is held, nor what came before. Bytes are counted
 * as they are unpacked, whatever the zip claims. `lengthOf` and `passed` as for gunzip;
 * `counted` hears how many there are, where the zip has a list. A file that is not packed is a
 * part of what was read, not a copy.
 */
export async function* unzip(
  file: GivenFile,
  lengthOf: LengthOf,
  passed?: Passed,
  counted?: (files: number) => void,
): AsyncGenerator<DataFile> {
  const list = await readList(file);
  if (list) counted?.(list.length);
  if (list) yield* unzipListed(file, list, lengthOf, passed);
  else yield* unzipFromStart(file, lengthOf, passed);
}

/** A file of a zip: where it lies. */
interface Entry {
  readonly name: string;
  readonly isPacked: boolean;
  /** Where its own header begins. */
  readonly at: number;
  /** Where what follows it begins. */
  readonly end: number;
  /** Bytes, packed and not. */
  readonly packed: number;
  readonly size: number;
}

const [END, LISTED, LOCAL] = ['PK\x05\x06', 'PK\x01\x02', 'PK\x03\x04'];
const [END_SIZE, LISTED_SIZE, LOCAL_SIZE] = [22, 46, 30];
const LONGEST_COMMENT = 65_535;
/** Of a count or an offset: it stands elsewhere, as in large zips. */
const [ELSEWHERE, FAR] = [0xffff, 0xffffffff];

/**
 * The list at the end of a zip, in the order of the files; undefined where there is none that can be trusted (cut off,
 * encrypted, files within each other), and the zip is read from its start.
 */
async function readList({ size, read }: GivenFile): Promise<readonly Entry[] | undefined> {
  const tailAt = Math.max(0, size - END_SIZE - LONGEST_COMMENT);
  const tail = await read(tailAt, size);
  let at = tail.length - END_SIZE;
  while (at >= 0 && !startsWith(tail, END, at)) at--;
  if (at < 0) return undefined;
  const [count, listAt] = [littleEndian(tail, at + 10, 2), littleEndian(tail, at + 16)];
  if (count === ELSEWHERE || listAt === FAR || listAt > tailAt + at) return undefined;
  const entries = parseList(await read(listAt, tailAt + at), count);
  const inOrder = entries?.toSorted((a, b) => a.at - b.at);
  const ended = inOrder?.map((each, i) => ({ ...each, end: inOrder[i + 1]?.at ?? listAt }));
  const areApart = ended?.every((each) => each.at + LOCAL_SIZE + each.packed <= each.end);
  // Where something stands before a zip, all of its offsets are wrong.
  for (const each of areApart ? [ended?.[0], ended?.at(-1)] : [])
    if (each && !startsWith(await read(each.at, each.at + LOCAL_SIZE), LOCAL)) return undefined;
  return areApart ? ended : undefined;
}

function parseList(bytes: Uint8Array, count: number): readonly Omit<Entry, 'end'>[] | undefined {
  const entries: Omit<Entry, 'end'>[] = [];
  for (let i = 0, from = 0; i < count; i++) {
    if (!startsWith(bytes, LISTED, from)) return undefined;
    const [flags, method] = [littleEndian(bytes, from + 8, 2), littleEndian(bytes, from + 10, 2)];
    const [packed, size] = [littleEndian(bytes, from + 20), littleEndian(bytes, from + 24)];
    const named = littleEndian(bytes, from + 28, 2);
    const isEncrypted = (flags & 1) === 1;
    if (isEncrypted || (method !== 0 && method !== 8) || (method === 0 && packed !== size)) return undefined;
    const isUtf8 = (flags & 0x800) !== 0;
    const name = strFromU8(bytes.subarray(from + LISTED_SIZE, from + LISTED_SIZE + named), !isUtf8);
    entries.push({ name, isPacked: method === 8, at: littleEndian(bytes, from + 42), packed, size });
    from += LISTED_SIZE + named + littleEndian(bytes, from + 30, 2) + littleEndian(bytes, from + 32, 2);
  }
  return entries;
}

async function* unzipListed(
  file: GivenFile,
  entries: readonly Entry[],
  lengthOf: LengthOf,
  passed: Passed,
): AsyncGenerator<DataFile> {
  const read = readAhead(file);
  let done = 0;
  for (const entry of entries) {
    const { name, at, end, packed, isPacked, size } = entry;
    const header = await read(at, at + LOCAL_SIZE);
    const start = at + LOCAL_SIZE + littleEndian(header, 26, 2) + littleEndian(header, 28, 2);
    if (!startsWith(header, LOCAL) || start + packed > end) throw damaged(file.name, at, name);
    const part = isPacked || size > MOST_TEXT ? undefined : await read(start, start + packed);
    const isPart = part && lengthOf(part) === undefined;
    const bytes = isPart ? part : await unpackEntry({ ...file, read }, entry, start, lengthOf);
    if (!name.endsWith('/')) yield { name, bytes };
    passed?.(end - done);
    done = end;
  }
  passed?.(file.size - done);
}

async function unpackEntry(
  zip: GivenFile,
  { name, packed, isPacked, size }: Entry,
  start: number,
  lengthOf: LengthOf,
): Promise<Uint8Array> {
  const collected = collectBytes(`${zip.name} (${name})`, lengthOf);
  const unpacking = new Inflate(collected.add);
  let left = packed;
  for await (const window of windowsOf(zip, start, start + packed))
    if (isPacked)
      try {
        for (let at = 0; at < window.length; at += PIECE) {
          const piece = window.subarray(at, at + PIECE);
          left -= piece.length;
          unpacking.push(piece, left === 0);
        }
      } catch (error) {
        if (error instanceof DataRefusal) throw error;
        throw damaged(zip.name, collected.size(), name);
      }
    else collected.add(window);
  if (collected.size() !== size) throw damaged(zip.name, collected.size(), name);
  return collected.end();
}

async function* unzipFromStart(
  file: GivenFile,
  lengthOf: LengthOf,
  passed: Passed,
): AsyncGenerator<DataFile> {
  const { name, size } = file;
  const ready: DataFile[] = [];
  let count = 0;
  let open: string | undefined;
  const unpacking = new Unzip((inner: UnzipFile) => {
    if (++count > MOST_FILES)
      throw new DataRefusal(name, `more than ${formatCount(MOST_FILES)} files are in it.`);
    open = inner.name;
    const collected = collectBytes(`${name} (${inner.name})`, lengthOf);
    inner.ondata = (error, piece, isLast) => {
      if (error) throw error;
      collected.add(piece);
      if (!isLast) return;
      open = undefined;
      if (!inner.name.endsWith('/')) ready.push({ name: inner.name, bytes: collected.end() });
    };
    inner.start();
  });
  unpacking.register(UnzipInflate);
  let done = 0;
  for await (const window of windowsOf(file))
    for (let at = 0; at < window.length; at += PIECE) {
      const piece = window.subarray(at, at + PIECE);
      try {
        unpacking.push(piece, done + piece.length >= size);
      } catch (error) {
        if (error instanceof DataRefusal) throw error;
        throw damaged(name, done, open);
      }
      yield* ready.splice(0);
      done += piece.length;
      passed?.(piece.length);
    }
  if (open !== undefined) throw damaged(name, size, open);
}

const damaged = (name: string, at: number, open: string | undefined): DataRefusal =>
  new DataRefusal(
    name,
    `a zip was expected; it is cut off, damaged or encrypted after ${sayBytes(at)}${open === undefined ? '' : `, in ${open}`}.`,
  );
