import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';
import { type DataArray, type DataFile, DataRefusal, MOST_BYTES, MOST_CLASSES, sayBytes } from './data-file';
import { gifFrames, measureFrames } from './gif';
import type { ImageHead } from './image-head';
import { type Fit, type Pixels, resizeInto } from './resize';

/** Width × height × RGBA, which may be written over. */
interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8ClampedArray;
}

/** The first frame of a moving image. Rejects on a damaged one. Not the same in Node and in the page. */
export type DecodeImage = (bytes: Uint8Array) => Promise<Decoded>;

/** How images are prepared: height × width × channels (1 or 3), and what is done with other proportions. */
export interface ImageSize {
  readonly shape: readonly number[];
  readonly fit: Fit;
}

const MOST_PIXELS = 64_000_000;
/** Of all frames of a file. */
const MOST_MOVING_PIXELS = 2 ** 33;
/** Images of other sizes become squares of this side. */
const SIDE = 64;
const MOST_KEPT = 128;
/** What a contained image leaves free, and what shines through it. */
export const BLANK = 255;

/** An image in a size that is known, decoded elsewhere perhaps; undefined of a damaged one. */
export type PrepareImage = (bytes: Uint8Array, size: ImageSize) => Promise<Uint8Array | undefined>;

/** By a decoder, in this thread. */
export const preparing =
  (decode: DecodeImage, resize = resized): PrepareImage =>
  (bytes, size) =>
    decode(bytes).then(
      (decoded) => resize(withoutAlpha(decoded), size),
      () => undefined,
    );

export function resized(pixels: Pixels, { shape, fit }: ImageSize): Uint8Array {
  const [height = 1, width = 1, channels = 3] = shape;
  const image = new Uint8Array(height * width * channels);
  resizeInto(image, 0, pixels, { height, width, channels }, { fit, blank: BLANK, whole: true });
  return image;
}

/** Images that are decoded while the one before them is waited for. */
const AHEAD = 3;

interface SetOptions {
  /** Prepares those of a known size. */
  readonly elsewhere?: PrepareImage | undefined;
  /** How many there will be. */
  readonly expected?: number | undefined;
  /** Hears of each file that is decoded. */
  readonly decodes?: ((file: DataFile) => void) | undefined;
}

/**
 * A set of images in the order in which they come, each frame of a GIF being one; only a few are decoded at a time.
 * Without a size they get that of the first, or 64 × 64. Damaged ones and those that are too large are skipped and
 * listed. More than `most` are counted, and not decoded.
 */
export function createImageSet(
  decode: DecodeImage | undefined,
  given?: ImageSize,
  most = Number.POSITIVE_INFINITY,
  { elsewhere, expected = 0, decodes }: SetOptions = {},
) {
  /** One after the other, and room for those to come. */
  let values = new Uint8Array();
  let count = 0;
  const folders: string[] = [];
  const notes: string[] = [];
  /** Those that are too large: skipped where there are others. */
  const refusals: DataRefusal[] = [];
  let size = given;
  let taken = 0;
  /** Of those to come, how many of one are decoded. */
  let share = 1;
  let seen = 0;
  const expect = (files: number): void => {
    share = Math.min(1, most / files);
  };
  /** So that they are `most`, evenly spaced. */
  const isTurn = (): boolean => Math.ceil(seen * share) < Math.ceil(++seen * share);
  expect(expected);
  /** Being decoded, the first of them first; each waits for the one before it. */
  const coming: Promise<void>[] = [];

  function take(name: string, head: ImageHead, image: Uint8Array | undefined): void {
    if (!image) {
      notes.push(`${name} is skipped: the ${head.format} is damaged.`);
      return;
    }
    const before = taken;
    taken += image.length;
    if (taken > MOST_BYTES)
      throw new DataRefusal(
        name,
        `at most ${sayBytes(MOST_BYTES)} of pixels are kept; smaller images take less.`,
      );
    if (taken > values.length) {
      const wanted = Math.max(taken, 2 * values.length, Math.min(expected, most) * image.length);
      const grown = new Uint8Array(Math.min(MOST_BYTES, wanted));
      grown.set(values);
      values = grown;
    }
    values.set(image, before);
    count++;
    folders.push(folderOf(name));
  }

  /** The first one says which size all have. */
  async function prepare(decode: DecodeImage, bytes: Uint8Array, head: ImageHead) {
    if (head.width * head.height === 0) return undefined;
    if (size) return (elsewhere ?? preparing(decode))(bytes, size);
    const pixels = await decode(bytes).then(withoutAlpha, () => undefined);
    return pixels && resized(pixels, sized(pixels, head));
  }

  function sized(pixels: Pixels, head: ImageHead): ImageSize {
    size ??= sizeLike(pixels, head.isGrey === true);
    return size;
  }

  function skipLarge(name: string, reason: string): void {
    refusals.push(new DataRefusal(name, reason));
    notes.push(`${name} is skipped: ${reason}`);
  }

  function addFrames({ name, bytes }: DataFile, head: ImageHead): void {
    const { frames, pixels } = measureFrames(bytes);
    if (pixels > MOST_MOVING_PIXELS) {
      const found = `${formatCount(frames)} of ${head.width} × ${head.height}`;
      skipLarge(name, `a GIF of fewer frames was expected; it has ${found}.`);
      return;
    }
    let used = 0;
    try {
      if (frames * head.width * head.height === 0) throw new Error('no frame');
      for (const frame of count < most ? gifFrames(bytes) : []) {
        const image = withoutAlpha(frame);
        take(name, head, resized(image, sized(image, head)));
        used++;
        if (count >= most) break;
      }
    } catch (error) {
      if (error instanceof DataRefusal) throw error;
      const from = used === 0 ? '' : ` from frame ${used + 1} on`;
      notes.push(`${name} is skipped${from}: the GIF is damaged.`);
      return;
    }
    // The others are counted.
    for (; used < frames; used++) folders.push(folderOf(name));
  }

  async function settle(left: number): Promise<void> {
    while (coming.length > left) {
      await coming[0];
      coming.shift();
    }
  }

  return {
    async add(file: DataFile, head: ImageHead): Promise<void> {
      const { name, bytes } = file;
      if (!decode && head.format !== 'GIF') throw new DataRefusal(name, NO_DECODER);
      if (head.width * head.height > MOST_PIXELS)
        return skipLarge(
          name,
          `a ${head.format} of at most ${MOST_PIXELS / 1e6} million pixels was expected; it says ${head.width} × ${head.height}.`,
        );
      // How many frames a GIF has is known only when it is read.
      if (head.format !== 'GIF' && !isTurn() && size) {
        await settle(0);
        folders.push(folderOf(name));
        return;
      }
      // Which of them are damaged is known only then.
      if (count + coming.length >= most) await settle(0);
      if (count < most) decodes?.(file);
      if (!decode || head.format === 'GIF') {
        await settle(0);
        return addFrames(file, head);
      }
      if (count >= most) {
        folders.push(folderOf(name));
        return;
      }
      // Before there is a size, one after the other.
      if (!size) await settle(0);
      const prepared = prepare(decode, bytes, head);
      const before = coming.at(-1);
      const turn = Promise.all([prepared, before]).then(([image]) => take(name, head, image));
      // Heard of when its turn comes.
      turn.catch(() => undefined);
      coming.push(turn);
      await settle(AHEAD);
    },
    /** How many files there will be. */
    expect,
    count: () => folders.length + notes.length + coming.length,
    async end(
      name: string,
    ): Promise<{ readonly arrays: readonly DataArray[]; readonly notes: readonly string[] }> {
      await settle(0);
      if (count === 0 || !size)
        throw (
          refusals[0] ??
          new DataRefusal(name, `images were expected; ${quantity(notes.length, 'file')} in it, all damaged.`)
        );
      const array = {
        name: 'images',
        dims: [folders.length, ...size.shape],
        values: values.subarray(0, taken),
        whole: true,
        range: [0, 255] as const,
      };
      const labels = labelsBy(folders).flatMap(([label, each]) => {
        const words = [...new Set(each)].sort();
        if (words.length < 2 || words.length > MOST_CLASSES) return [];
        return [{ name: label, dims: [each.length], values: placesIn(words, each), whole: true, words }];
      });
      return { arrays: [array, ...labels], notes };
    },
  };
}

const folderOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));

/** Names of the folder that each image is in, and of the outermost one that not all are in, where that is another. */
function labelsBy(folders: readonly string[]): readonly (readonly [name: string, each: readonly string[]])[] {
  const paths = folders.map((folder) => folder.split('/'));
  const [first = []] = paths;
  let shared = 0;
  while (shared < first.length && paths.every((path) => path[shared] === first[shared])) shared++;
  const inner = paths.map((path) => path.at(-1) ?? '');
  const outer = paths.map((path) => path[shared] ?? '');
  const isOther = outer.some((each, i) => each !== inner[i]);
  return [...(isOther ? [['outer folder', outer] as const] : []), ['folder', inner]];
}

const NO_DECODER =
  'an image needs a decoder: the package @napi-rs/canvas, which is not installed. Install it: npm ci --include=optional';

const placesIn = (words: readonly string[], each: readonly string[]): Float64Array => {
  const places = new Map(words.map((word, place) => [word, place]));
  return Float64Array.from(each, (word) => places.get(word) as number);
};

/** One channel of a pixel over white. */
const over = (value: number, alpha: number): number =>
  Math.floor((value * alpha + BLANK * (255 - alpha)) / 255 + 0.5);

function withoutAlpha({ width, height, values }: Decoded): Pixels {
  for (let at = 0; at < values.length; at += 4) {
    const alpha = values[at + 3] as number;
    if (alpha === 255) continue;
    for (let c = at; c < at + 3; c++) values[c] = over(values[c] as number, alpha);
  }
  return { values, width, height, channels: 3, stride: 4 };
}

function sizeLike({ width, height }: Pixels, isGrey: boolean): ImageSize {
  const channels = isGrey ? 1 : 3;
  const isSmall = Math.max(width, height) <= MOST_KEPT;
  return { shape: isSmall ? [height, width, channels] : [SIDE, SIDE, channels], fit: 'crop' };
}
