import { quantity } from '@/lib/util/sentence';
import { type DataArray, type DataFile, DataRefusal, MOST_BYTES, MOST_CLASSES, sayBytes } from './data-file';
import type { ImageHead } from './image-head';
import { type Fit, type Pixels, resizeInto } from './resize';

/** Width × height × RGBA; the first frame of a moving image. Rejects on a damaged one. Not the same in Node and in the page. */
export type DecodeImage = (bytes: Uint8Array) => Promise<{
  readonly width: number;
  readonly height: number;
  readonly values: Uint8ClampedArray;
}>;

/** How images are prepared: height × width × channels (1 or 3), and what is done with other proportions. */
export interface ImageSize {
  readonly shape: readonly number[];
  readonly fit: Fit;
}

const MOST_PIXELS = 64_000_000;
/** Images of other sizes become squares of this side. */
const SIDE = 64;
const MOST_KEPT = 128;
/** What a contained image leaves free, and what shines through it. */
export const BLANK = 255;

/**
 * A set of images, one after the other, so that no more than one is decoded at a time. Without a size they get that of
 * the first, or 64 × 64. Damaged ones are skipped and listed. More than `most` are counted, and not decoded.
 */
export function createImageSet(
  decode: DecodeImage | undefined,
  given?: ImageSize,
  most = Number.POSITIVE_INFINITY,
) {
  const images: Uint8Array[] = [];
  const folders: string[] = [];
  const notes: string[] = [];
  let size = given;
  let taken = 0;
  return {
    async add({ name, bytes }: DataFile, head: ImageHead): Promise<void> {
      if (!decode) throw new DataRefusal(name, NO_DECODER);
      if (head.width * head.height > MOST_PIXELS)
        throw new DataRefusal(
          name,
          `a ${head.format} of at most ${MOST_PIXELS / 1e6} million pixels was expected; it says ${head.width} × ${head.height}.`,
        );
      if (images.length >= most) {
        folders.push(folderOf(name));
        return;
      }
      const pixels =
        head.width * head.height > 0 ? await decode(bytes).then(withoutAlpha, () => undefined) : undefined;
      if (!pixels) {
        notes.push(`${name} is skipped: the ${head.format} is damaged.`);
        return;
      }
      size ??= sizeLike(pixels, head.isGrey === true);
      const [height = 1, width = 1, channels = 3] = size.shape;
      const image = new Uint8Array(height * width * channels);
      taken += image.length;
      if (taken > MOST_BYTES)
        throw new DataRefusal(
          name,
          `at most ${sayBytes(MOST_BYTES)} of pixels are kept; smaller images take less.`,
        );
      resizeInto(image, 0, pixels, { height, width, channels }, { fit: size.fit, blank: BLANK, whole: true });
      images.push(image);
      folders.push(folderOf(name));
    },
    count: () => folders.length + notes.length,
    end(name: string): { readonly arrays: readonly DataArray[]; readonly notes: readonly string[] } {
      if (images.length === 0 || !size)
        throw new DataRefusal(
          name,
          `images were expected; ${quantity(notes.length, 'file')} in it, all damaged.`,
        );
      const values = new Uint8Array(taken);
      for (const [i, image] of images.entries()) values.set(image, i * image.length);
      const array = {
        name: 'images',
        dims: [folders.length, ...size.shape],
        values,
        whole: true,
        range: [0, 255] as const,
      };
      const words = [...new Set(folders)].sort();
      const labels =
        words.length < 2 || words.length > MOST_CLASSES
          ? []
          : [
              {
                name: 'folder',
                dims: [folders.length],
                values: placesIn(words, folders),
                whole: true,
                words,
              },
            ];
      return { arrays: [array, ...labels], notes };
    },
  };
}

const folderOf = (name: string): string => name.split('/').at(-2) ?? '';

const NO_DECODER =
  'an image needs a decoder: the package @napi-rs/canvas, which is not installed. Install it: npm ci --include=optional';

const placesIn = (words: readonly string[], each: readonly string[]): Float64Array => {
  const places = new Map(words.map((word, place) => [word, place]));
  return Float64Array.from(each, (word) => places.get(word) as number);
};

/** One channel of a pixel over white. */
const over = (value: number, alpha: number): number =>
  alpha === 255 ? value : Math.floor((value * alpha + BLANK * (255 - alpha)) / 255 + 0.5);

function isOpaque(values: Uint8ClampedArray): boolean {
  for (let at = 3; at < values.length; at += 4) if (values[at] !== 255) return false;
  return true;
}

function withoutAlpha({ width, height, values }: Awaited<ReturnType<DecodeImage>>): Pixels {
  const out = new Uint8Array(width * height * 3);
  if (isOpaque(values)) {
    for (let from = 0, to = 0; from < values.length; from += 4, to += 3) {
      out[to] = values[from] as number;
      out[to + 1] = values[from + 1] as number;
      out[to + 2] = values[from + 2] as number;
    }
    return { values: out, width, height, channels: 3 };
  }
  for (let from = 0, to = 0; from < values.length; from += 4, to += 3) {
    const alpha = values[from + 3] as number;
    out[to] = over(values[from] as number, alpha);
    out[to + 1] = over(values[from + 1] as number, alpha);
    out[to + 2] = over(values[from + 2] as number, alpha);
  }
  return { values: out, width, height, channels: 3 };
}

function sizeLike({ width, height }: Pixels, isGrey: boolean): ImageSize {
  const channels = isGrey ? 1 : 3;
  const isSmall = Math.max(width, height) <= MOST_KEPT;
  return { shape: isSmall ? [height, width, channels] : [SIDE, SIDE, channels], fit: 'crop' };
}
