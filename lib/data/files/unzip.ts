import { Inflate, strFromU8, Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { littleEndian, startsWith } from '@/lib/util/bytes';
import { formatCount } from '@/lib/util/format-count';
import { type DataFile, DataRefusal, MOST_TEXT, sayBytes } from './data-file';
import { collectBytes, PIECE } from './gunzip';

const MOST_FILES = 200_000;

type LengthOf = (head: Uint8Array) => number | undefined;
type Passed = ((bytes: number) => void) | undefined;

/**
 * The files of a zip, one after the other as they come: what is not asked for again is not kept. Bytes are counted
 * as they are unpacked, whatever the zip claims. `lengthOf` and `passed` as for gunzip. A file that is not packed is a
 * part of the zip, not a copy.
 */
export function* unzip(file: DataFile, lengthOf: LengthOf, passed?: Passed): Generator<DataFile> {
  const entries = listEntries(file.bytes);
  if (entries) yield* unzipListed(file, entries, lengthOf, passed);
  else yield* unzipFromStart(file, lengthOf, passed);
}

/** A file of a zip: where its bytes are. */
interface Entry {
  readonly name: string;
  readonly isPacked: boolean;
  readonly start: number;
  readonly end: number;
  /** Bytes, unpacked. */
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
function listEntries(bytes: Uint8Array): readonly Entry[] | undefined {
  let at = bytes.length - END_SIZE;
  while (at >= 0 && !startsWith(bytes, END, at) && bytes.length - at < END_SIZE + LONGEST_COMMENT) at--;
  if (at < 0 || !startsWith(bytes, END, at)) return undefined;
  const [count, listAt] = [littleEndian(bytes, at + 10, 2), littleEndian(bytes, at + 16)];
  if (count === ELSEWHERE || listAt === FAR) return undefined;
  const entries: Entry[] = [];
  for (let i = 0, from = listAt; i < count; i++) {
    if (!startsWith(bytes, LISTED, from)) return undefined;
    const [flags, method] = [littleEndian(bytes, from + 8, 2), littleEndian(bytes, from + 10, 2)];
    const [packed, size] = [littleEndian(bytes, from + 20), littleEndian(bytes, from + 24)];
    const named = littleEndian(bytes, from + 28, 2);
    const local = littleEndian(bytes, from + 42);
    const isEncrypted = (flags & 1) === 1;
    if (isEncrypted || (method !== 0 && method !== 8) || !startsWith(bytes, LOCAL, local)) return undefined;
    if (method === 0 && packed !== size) return undefined;
    const start =
      local + LOCAL_SIZE + littleEndian(bytes, local + 26, 2) + littleEndian(bytes, local + 28, 2);
    const isUtf8 = (flags & 0x800) !== 0;
    const name = strFromU8(bytes.subarray(from + LISTED_SIZE, from + LISTED_SIZE + named), !isUtf8);
    entries.push({ name, isPacked: method === 8, start, end: start + packed, size });
    from += LISTED_SIZE + named + littleEndian(bytes, from + 30, 2) + littleEndian(bytes, from + 32, 2);
  }
  const inOrder = entries.toSorted((a, b) => a.start - b.start);
  const areApart = inOrder.every(({ end }, i) => end <= (inOrder[i + 1]?.start ?? listAt));
  return areApart ? inOrder : undefined;
}

function* unzipListed(
  { name: zip, bytes }: DataFile,
  entries: readonly Entry[],
  lengthOf: LengthOf,
  passed: Passed,
): Generator<DataFile> {
  let done = 0;
  for (const { name, isPacked, start, end, size } of entries) {
    const packed = bytes.subarray(start, end);
    const isPart = !isPacked && size <= MOST_TEXT && lengthOf(packed) === undefined;
    const unpacked = isPart ? packed : unpackEntry(zip, { name, packed, isPacked, size }, lengthOf);
    if (!name.endsWith('/')) yield { name, bytes: unpacked };
    passed?.(end - done);
    done = end;
  }
  passed?.(bytes.length - done);
}

function unpackEntry(
  zip: string,
  {
    name,
    packed,
    isPacked,
    size,
  }: Pick<Entry, 'name' | 'isPacked' | 'size'> & { readonly packed: Uint8Array },
  lengthOf: LengthOf,
): Uint8Array {
  const collected = collectBytes(`${zip} (${name})`, lengthOf);
  if (!isPacked) {
    collected.add(packed);
    return collected.end();
  }
  const unpacking = new Inflate(collected.add);
  try {
    for (let at = 0; at < packed.length; at += PIECE)
      unpacking.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  } catch (error) {
    if (error instanceof DataRefusal) throw error;
    throw damaged(zip, collected.size(), name);
  }
  if (collected.size() !== size) throw damaged(zip, collected.size(), name);
  return collected.end();
}

function* unzipFromStart({ name, bytes }: DataFile, lengthOf: LengthOf, passed: Passed): Generator<DataFile> {
  const ready: DataFile[] = [];
  let count = 0;
  let open: string | undefined;
  const unpacking = new Unzip((file: UnzipFile) => {
    if (++count > MOST_FILES)
      throw new DataRefusal(name, `more than ${formatCount(MOST_FILES)} files are in it.`);
    open = file.name;
    const collected = collectBytes(`${name} (${file.name})`, lengthOf);
    file.ondata = (error, piece, isLast) => {
      if (error) throw error;
      collected.add(piece);
      if (!isLast) return;
      open = undefined;
      if (!file.name.endsWith('/')) ready.push({ name: file.name, bytes: collected.end() });
    };
    file.start();
  });
  unpacking.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += PIECE) {
    try {
      unpacking.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
    } catch (error) {
      if (error instanceof DataRefusal) throw error;
      throw damaged(name, at, open);
    }
    yield* ready.splice(0);
    passed?.(Math.min(PIECE, bytes.length - at));
  }
  if (open !== undefined) throw damaged(name, bytes.length, open);
}

const damaged = (name: string, at: number, open: string | undefined): DataRefusal =>
  new DataRefusal(
    name,
    `a zip was expected; it is cut off, damaged or encrypted after ${sayBytes(at)}${open === undefined ? '' : `, in ${open}`}.`,
  );
