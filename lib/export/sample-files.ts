import { imageDims } from '@/lib/data/files/import-options';
import { textsOf } from '@/lib/nodes/views/strings';
import { sizeOf } from '@/lib/shapes/shape';
import type { Known, SampleSet, Units } from '@/lib/train/sample-set';
import { csv } from '@/lib/util/csv';
import { zipFiles } from '@/lib/util/zip';
import { encodeNpz } from './npz';
import { encodePng } from './png';

/** Images of a game are in [-1, 1]. */
const imageUnits: Pick<Units, 'offset' | 'spread'> = { offset: [127.5], spread: [127.5] };

/** In the user's units, where there are some. */
const inUnits = (
  value: number,
  place: number,
  { offset, spread }: Pick<Units, 'offset' | 'spread'>,
): number => value * (spread[place % spread.length] as number) + (offset[place % offset.length] as number);

/** Height, width and channels of each sample, where samples are images, and not strings. */
const imageOf = (
  { dims }: Pick<SampleSet, 'dims'>,
  { alphabet }: Known,
): readonly [number, number, number] | undefined => (alphabet ? undefined : imageDims(dims.slice(1)));

/** The formats in which samples can be written, the usual one first. */
export function formatsOf(samples: Pick<SampleSet, 'dims'>, known: Known): readonly SampleEnding[] {
  if (known.alphabet) return ['txt', 'csv', 'npz'];
  return imageOf(samples, known) ? ['zip', 'png', 'npz'] : ['csv', 'npz'];
}

/** Bytes of images: what is beyond black and white is cut off. */
function bytesOf({ data }: SampleSet): Uint8Array {
  const bytes = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) bytes[i] = inUnits(data[i] as number, i, imageUnits);
  return new Uint8Array(bytes.buffer);
}

/** `seed-0000.png`, `seed-0001.png`, … in a zip, in a folder for each class where there are some. */
export function imagesZip(samples: SampleSet, image: readonly [number, number, number]): Uint8Array {
  const bytes = bytesOf(samples);
  const [height, width, channels] = image;
  const size = sizeOf(image);
  const { seeds, classes } = samples;
  const digits = Math.max(4, String(Math.max(...seeds)).length);
  const files = seeds.map((seed, i) => {
    const png = encodePng(bytes.subarray(i * size, (i + 1) * size), height, width, channels);
    const folder = classes ? `${fileName(classes[i] as string)}/` : '';
    return [`${folder}seed-${String(seed).padStart(digits, '0')}.png`, png] as const;
  });
  // PNG is packed already.
  return zipFiles(Object.fromEntries(files), { level: 0 });
}

/** What every system takes as a part of a path. */
const fileName = (text: string): string =>
  text.replace(/[^\p{L}\p{N} ._-]/gu, '_').replace(/^\.+|\.+$/g, '_') || '_';

/** All images beside and below each other: a line for each class, else as many in a line as there are lines. */
export function contactSheet(samples: SampleSet, image: readonly [number, number, number]): Uint8Array {
  const bytes = bytesOf(samples);
  const [height, width, channels] = image;
  const count = samples.dims[0] as number;
  const classes = new Set(samples.classes).size;
  const columns = classes > 0 ? Math.ceil(count / classes) : Math.ceil(Math.sqrt(count));
  const lines = Math.ceil(count / columns);
  const [line, whole] = [width * channels, columns * width * channels];
  const sheet = new Uint8Array(lines * height * whole).fill(255);
  for (let i = 0; i < count; i++)
    for (let y = 0; y < height; y++) {
      const from = (i * height + y) * line;
      const at = (Math.floor(i / columns) * height + y) * whole + (i % columns) * line;
      sheet.set(bytes.subarray(from, from + line), at);
    }
  return encodePng(sheet, lines * height, columns * width, channels);
}

/** As they are, under the name `samples`; `seeds`, and `classes` by their numbers, in the order in which they come. */
export function samplesNpz({ dims, data, seeds, classes }: SampleSet): Uint8Array {
  const names = [...new Set(classes)];
  const numbers = classes?.map((each) => names.indexOf(each));
  const list = (values: readonly number[]) => ({ dims: [values.length], values: Float32Array.from(values) });
  return encodeNpz(
    new Map([
      ['samples', { dims, values: data }],
      ['seeds', list(seeds)],
      ...(numbers ? [['classes', list(numbers)] as const] : []),
    ]),
  );
}

/** A line per sample, and its columns' names first; in the user's units where they are known. */
export function samplesCsv({ dims, data, classes }: SampleSet, { units }: Known = {}): string {
  const width = sizeOf(dims.slice(1));
  const { columns, ...scale } = units ?? { columns: [], offset: [0], spread: [1] };
  const names = Array.from({ length: width }, (_, i) =>
    columns.length === width ? (columns[i] as string) : `x${i + 1}`,
  );
  const rows = Array.from({ length: dims[0] as number }, (_, row) => [
    ...Array.from({ length: width }, (_, i) => inUnits(data[row * width + i] as number, i, scale)),
    ...(classes ? [classes[row] as string] : []),
  ]);
  return csv(classes ? [...names, 'class'] : names, rows);
}

/** A line per string, its class behind a tab where it has one; undefined where samples are none. */
function samplesText(samples: SampleSet, { alphabet }: Known): string | undefined {
  if (!alphabet) return undefined;
  const { classes } = samples;
  const lines = textsOf(samples, alphabet).map((text, i) => (classes ? `${text}\t${classes[i]}` : text));
  return lines.map((line) => `${line}\n`).join('');
}

/** The formats of samples, by the ending of the file's name; why there is none of these. */
export const sampleFormats = {
  zip: { title: 'PNGs in a zip', type: 'application/zip', write: ofImages(imagesZip) },
  png: { title: 'One contact sheet', type: 'image/png', write: ofImages(contactSheet) },
  npz: { title: 'NPZ of NumPy', type: 'application/zip', write: samplesNpz },
  csv: { title: 'CSV', type: 'text/csv', write: samplesCsv },
  txt: { title: 'Lines of text', type: 'text/plain', write: samplesText },
} as const satisfies Record<string, SampleFormat>;

interface SampleFormat {
  readonly title: string;
  readonly type: string;
  /** Undefined where it takes images, or strings, and samples are none. */
  write(samples: SampleSet, known: Known): Uint8Array | string | undefined;
}

export type SampleEnding = keyof typeof sampleFormats;

function ofImages(write: (samples: SampleSet, image: readonly [number, number, number]) => Uint8Array) {
  return (samples: SampleSet, known: Known): Uint8Array | undefined => {
    const image = imageOf(samples, known);
    return image && write(samples, image);
  };
}
