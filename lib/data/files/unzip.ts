import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { formatCount } from '@/lib/util/format-count';
import { type DataFile, DataRefusal, sayBytes } from './data-file';
import { collectBytes, PIECE } from './gunzip';

const MOST_FILES = 200_000;

/**
 * The files of a zip, one after the other as they come: what is not asked for again is not kept. Bytes are counted
 * as they are unpacked, whatever the zip claims. `lengthOf` and `passed` as for gunzip.
 */
export function* unzip(
  { name, bytes }: DataFile,
  lengthOf: (head: Uint8Array) => number | undefined,
  passed?: (bytes: number) => void,
): Generator<DataFile> {
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
