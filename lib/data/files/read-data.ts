import { latin, startsWith } from '@/lib/util/bytes';
import { isHeic, isTiff, isVideo } from '@/lib/util/media';
import {
  type DataArray,
  type DataFile,
  DataRefusal,
  type GivenFile,
  givenFile,
  MOST_BYTES,
  MOST_PACKED,
  refuseLarge,
} from './data-file';
import { gunzip } from './gunzip';
import { idxLength, isIdx, readIdx } from './idx';
import { readImageHead } from './image-head';
import { createImageSet, type DecodeImage, type ImageSize, type PrepareImage } from './images';
import { isNpy, npyLength, readNpy } from './npy';
import { WINDOW } from './read-ahead';
import { readTable } from './table';
import { unzip } from './unzip';

/** What files hold, whatever their format: arrays by name, and what was left out. */
export interface DataContents {
  readonly arrays: readonly DataArray[];
  readonly notes: readonly string[];
}

interface ReadOptions {
  readonly decode?: DecodeImage;
  /** Prepares images whose size is known; this thread, if left out. */
  readonly prepare?: PrepareImage;
  /** How images are prepared; by the first of them if left out. */
  readonly images?: ImageSize;
  /** Images that are decoded: what is said of more than these has no values for the others. */
  readonly most?: number;
  /** Images that there will be, if that is known. */
  readonly expected?: number;
  /** Hears of each file of images that is decoded. */
  readonly decodes?: (file: DataFile) => void;
  /** Hears of the bytes of the given files that were read since the last time. */
  readonly passed?: (bytes: number) => void;
}

/** Ways to say how long a file is, by its beginning. */
const lengthOf = (head: Uint8Array): number | undefined => npyLength(head) ?? idxLength(head);

/**
 * Reads a file, the files of a folder, or images and their labels, by what is in them: names are changed and lost.
 * Throws a DataRefusal and nothing else.
 */
export async function readData(
  name: string,
  files: Iterable<DataFile | GivenFile> | AsyncIterable<DataFile | GivenFile>,
  { decode, prepare, images: size, most, expected, decodes, passed }: ReadOptions = {},
): Promise<DataContents> {
  const images = createImageSet(decode, size, most, { elsewhere: prepare, expected, decodes });
  const arrays: DataArray[] = [];
  const tables: string[] = [];
  /** Files whose arrays they are. */
  const holders: string[] = [];
  const keep = ({ name: holder }: DataFile, found: readonly DataArray[]): void => {
    holders.push(holder);
    arrays.push(...found);
  };
  const notes: string[] = [];
  /** Files that cannot be used; only where there is nothing else, that is the end. */
  const refusals: DataRefusal[] = [];
  const takeGiven = async (file: GivenFile): Promise<void> => {
    if (isHidden(file.name)) return;
    // All of a small file, as those of a folder are.
    const head = await file.read(0, Math.min(file.size, WINDOW));
    refuseLarge(file, isZip(head) || isGzip(head) ? MOST_PACKED : MOST_BYTES);
    if (isZip(head)) await takeZip(file);
    else if (isGzip(head)) await takeUnpacked(file, passed);
    else {
      const bytes = head.length === file.size ? head : await file.read(0, file.size);
      await take({ name: file.name, bytes }, false);
    }
  };
  /** A zip of which nothing can be used, as of documents of Office, is left out as any other file. */
  const takeZip = async (file: GivenFile): Promise<void> => {
    let files = 0;
    let isUsed = false;
    try {
      for await (const inner of unzip(file, lengthOf, passed, images.expect)) {
        if (inner.name === '[Content_Types].xml') throw new DataRefusal(file.name, OFFICE);
        files++;
        isUsed = (await take(inner, true)) || isUsed;
      }
      if (files === 0) throw new DataRefusal(file.name, 'files were expected in it; there is none.');
    } catch (error) {
      if (!(error instanceof DataRefusal) || isUsed) throw error;
      refusals.push(error);
    }
  };
  const takeUnpacked = async (file: GivenFile, hears?: (bytes: number) => void): Promise<boolean> =>
    take({ name: file.name.replace(/\.gz$/i, ''), bytes: await gunzip(file, lengthOf, hears) }, false);
  /** Whether it is an image, or has arrays. */
  const take = async (file: DataFile, isInZip: boolean): Promise<boolean> => {
    const { bytes } = file;
    if (isHidden(file.name)) return false;
    const head = readImageHead(bytes);
    if (head) {
      await images.add(file, head);
      return true;
    }
    if (isInZip && isGzip(bytes)) return takeUnpacked(givenFile(file));
    if (isIdx(bytes)) keep(file, [readIdx(file)]);
    else
      try {
        if (bytes.length === 0) throw new DataRefusal(file.name, 'data was expected; the file is empty.');
        if (isNpy(bytes)) keep(file, [readNpy(file)]);
        else if (!isTable.test(file.name)) throw new DataRefusal(file.name, sayOther(bytes));
        else if (images.count() === 0) {
          const table = readTable(file);
          tables.push(file.name);
          keep(file, table.arrays);
          notes.push(...table.notes);
        } else throw notAnImage(file.name);
      } catch (error) {
        if (!(error instanceof DataRefusal)) throw error;
        refusals.push(error);
        return false;
      }
    return true;
  };
  for await (const file of files) await takeGiven('bytes' in file ? givenFile(file) : file);
  const sayLeftOut = () => refusals.map(({ message }) => `Left out: ${message}`);
  if (images.count() > 0) {
    refusals.push(...holders.map(notAnImage));
    const found = await images.end(name);
    return { arrays: found.arrays, notes: [...found.notes, ...sayLeftOut()] };
  }
  if (tables.length > 1)
    throw new DataRefusal(
      name,
      `one table was expected; there are ${tables.length}: ${tables.slice(0, 3).join(', ')}.`,
    );
  if (arrays.length > 0) return { arrays, notes: [...notes, ...sayLeftOut()] };
  throw refusals[0] ?? new DataRefusal(name, 'files with data were expected; there is none.');
}

const notAnImage = (name: string) => new DataRefusal(name, 'an image was expected, as the others.');

const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, 'PK\x03\x04');
const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x1f, 0x8b]);
const isTable = /\.(csv|tsv|tab|txt|dat|data)$/i;

/** What people have among their images. */
const others: readonly (readonly [is: (head: Uint8Array) => boolean, what: string])[] = [
  [
    (head) => /^(ï»¿)?\s*<(?=svg|\?xml|!--|!DOCTYPE svg)(.*<)?svg\b/s.test(latin(head)),
    'a drawing (SVG). Save it as PNG.',
  ],
  [isHeic, 'a picture in HEIC. Save it as JPEG.'],
  [isTiff, 'a picture in TIFF. Save it as PNG.'],
  [(head) => /^BM.{4}\0{4}/s.test(latin(head.subarray(0, 10))), 'a picture in BMP. Save it as PNG.'],
  [isVideo, 'a video. Save its frames as images, or all of it as a GIF.'],
];

function sayOther(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 4_096);
  const [, other] = others.find(([is]) => is(head)) ?? [];
  return other
    ? `an image in PNG, JPEG, WebP, GIF or AVIF was expected; this is ${other}`
    : 'images (PNG, JPEG, WebP, GIF, AVIF), IDX, NPY, NPZ, CSV, TSV or a zip of these were expected; it is something else.';
}

const OFFICE = 'images or numbers were expected; this is an Office document. Save a table as CSV.';

const systemNames = new Set(['__MACOSX', 'Thumbs.db', 'desktop.ini']);
/** What systems put beside the user's files. */
const isHidden = (name: string): boolean =>
  name.split('/').some((part) => part.startsWith('.') || systemNames.has(part));
