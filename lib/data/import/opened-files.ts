import { sha256 } from 'hash-wasm';
import { sizeOf } from '@/lib/shapes/shape';
import { choicesFor, chooseOptions, type DataChoice, type DataChoices } from '../files/choose';
import type { DataFile, GivenFile } from '../files/data-file';
import { type DecodeImage, type ImageSize, type PrepareImage, preparing } from '../files/images';
import { type ImportOptions, imageDims } from '../files/import-options';
import { type PreparedSet, prepareSet } from '../files/prepared-set';
import { type DataContents, readData } from '../files/read-data';
import { takeFrom } from '../files/take-rows';
import { hashed } from './hashed';

/** Rows that a preview shows; images fit the room that there is. */
const SHOWN = 40;

/** What files would be as a data set, with its first rows. */
export interface DataPreview {
  readonly options: ImportOptions;
  readonly choices: DataChoices;
  /** What was left out, and why. */
  readonly notes: readonly string[];
  /** Images in a format that is decoded: their number is known, what is damaged among them not yet. */
  readonly isDecoded: boolean;
  /** The first rows as a game would get them, row-major. */
  readonly x: Float32Array;
  /** What the least and the greatest number that there can be become. */
  readonly range: readonly [number, number];
  /** Their classes, by place. */
  readonly labels: readonly number[];
}

/** Files that were looked through. Every method throws a DataRefusal where they cannot be used. */
export interface OpenedFiles {
  /** `import:SHA256`, of the file, or of what `sha256sum` prints of several, in the order of their names. */
  readonly id: string;
  preview(choice: DataChoice): Promise<DataPreview>;
  /** All rows, prepared as chosen, or as a document says. */
  prepare(
    how: { readonly choice: DataChoice } | { readonly options: ImportOptions },
  ): Promise<{ readonly options: ImportOptions; readonly contents: DataContents; readonly set: PreparedSet }>;
}

interface OpenOptions {
  readonly decode: DecodeImage;
  /** Prepares images for all of them; this thread, if left out. */
  readonly prepare?: PrepareImage;
  /** Hears what share of the work is done. */
  readonly progress: (share: number) => void;
}

/** Looks through files: all of them are read, but only some images decoded. */
export async function openFiles(
  name: string,
  given: readonly GivenFile[],
  { decode, prepare = preparing(decode), progress }: OpenOptions,
): Promise<OpenedFiles> {
  const files = given.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const hashes: string[] = [];
  /** Images to show, to be decoded again in other sizes. */
  const someImages: DataFile[] = [];
  const total = files.reduce((sum, { size }) => sum + size, 0) || 1;
  let done = 0;
  const read = async function* () {
    for (const file of files) {
      const before = done;
      const { file: heard, end } = await hashed(file);
      yield heard;
      hashes.push(await end());
      done = before + file.size;
      progress(done / total);
    }
  };
  const contents = await readData(name, read(), {
    decode,
    most: SHOWN,
    ...(files.length > 1 && { expected: files.length }),
    decodes: ({ name: inner, bytes }) => someImages.push({ name: inner, bytes: bytes.slice() }),
    passed(bytes) {
      done += bytes;
      progress(done / total);
    },
  });
  const isDecoded = someImages.length > 0;
  const [only = ''] = hashes;
  const lines = files.map((file, i) => `${hashes[i]}  ${file.name}\n`).join('');
  const hash = files.length === 1 ? only : await sha256(lines);

  const everyImage = (size: ImageSize, count: number): Promise<DataContents> => {
    let images = 0;
    return readData(name, files, {
      images: size,
      expected: count,
      decode,
      prepare(bytes, wanted) {
        progress(images++ / count);
        return prepare(bytes, wanted);
      },
    });
  };

  return {
    id: `import:${hash}`,
    async preview(choice) {
      const options = chooseOptions(name, contents, choice);
      const { shape, fit } = options;
      const resized = isDecoded && (await readData(name, someImages, { decode, images: { shape, fit } }));
      const shown = firstRows(contents, options, resized ? resized.arrays[0]?.values : undefined);
      const set = prepareSet({ arrays: shown.arrays, notes: [] }, shown.options);
      const places = Array.from({ length: shown.options.rows }, (_, row) => row);
      const { x } = takeFrom(set, { ...shown.options, flip: false }, places);
      const labels = set.labels ? [...set.labels] : [];
      return {
        options,
        choices: choicesFor(contents, options),
        notes: contents.notes,
        isDecoded,
        x,
        range: rangeOf(options, chooseOptions(name, contents, { ...choice, scaling: 'symmetric' })),
        labels,
      };
    },
    async prepare(how) {
      const first = 'options' in how ? how.options : chooseOptions(name, contents, how.choice);
      const size = imageDims(first.shape) && { shape: first.shape, fit: first.fit };
      const found = isDecoded && size ? await everyImage(size, contents.arrays[0]?.dims[0] ?? 1) : contents;
      // Damaged images are known only now.
      const options = 'options' in how ? how.options : chooseOptions(name, found, how.choice);
      return { options, contents: found, set: prepareSet(found, options) };
    },
  };
}

/** [-1, 1] by one preparation, in that of another. */
const rangeOf = ({ offset, spread }: ImportOptions, symmetric: ImportOptions): readonly [number, number] => {
  const at = (end: -1 | 1) =>
    ((symmetric.offset[0] as number) + end * (symmetric.spread[0] as number) - (offset[0] as number)) /
    (spread[0] as number);
  return [at(-1), at(1)];
};

/** The beginning of what is used; images by their values in the size that was asked for, where they were decoded. */
function firstRows(
  { arrays }: DataContents,
  options: ImportOptions,
  images: DataContents['arrays'][number]['values'] | undefined,
): { readonly arrays: DataContents['arrays']; readonly options: ImportOptions } {
  const { x, labels, shape } = options;
  const rows = Math.min(SHOWN, options.rows, images ? images.length / sizeOf(shape) : SHOWN);
  return {
    options: { ...options, rows },
    arrays: arrays
      .filter(({ name }) => x.includes(name) || name === labels)
      .map((each) => {
        const dims = images && each.name === x[0] ? shape : each.dims.slice(1);
        const values = images && each.name === x[0] ? images : each.values;
        return { ...each, dims: [rows, ...dims], values: values.subarray(0, rows * sizeOf(dims)) };
      }),
  };
}
