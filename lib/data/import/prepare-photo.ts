import { startsWith } from '@/lib/util/bytes';
import { jpegOrientation } from '../files/image-head';
import { type DecodeImage, type PrepareImage, preparing, resized } from '../files/images';
import type { Pixels } from '../files/resize';
import { type Planes, type Shrinker, startShrinker } from '../files/simd/shrinker';

/**
 * Prepares images as `preparing` does, one after the other and equal to it, but quicker where there is SIMD; most of
 * all JPEGs in colour where the browser gives them as they are before their colours are mixed.
 */
export function preparingPhotos(decode: DecodeImage): PrepareImage {
  let started: Promise<Shrinker | undefined> | undefined;
  const prepare: PrepareImage = async (bytes, size) => {
    started ??= startShrinker().catch(() => undefined);
    const shrinker = await started;
    if (!shrinker) return preparing(decode)(bytes, size);
    const planes = await readPlanes(bytes, shrinker).catch(() => undefined);
    const small = planes && shrinker.shrinkPlanes(planes, size);
    if (small) return small;
    const resize = (image: Pixels): Uint8Array => {
      shrinker.room(image.values.length).set(image.values);
      return shrinker.shrinkPixels(image, size) ?? resized(image, size);
    };
    return preparing(decode, resize)(bytes, size);
  };
  // There is room for one at a time.
  let before: Promise<unknown> = Promise.resolve();
  return (bytes, size) => {
    const prepared = before.then(() => prepare(bytes, size));
    before = prepared.catch(() => undefined);
    return prepared;
  };
}

const isPlanar = (format: string | null): format is Planes['format'] =>
  format === 'I420' || format === 'I422' || format === 'I444';

/** Undefined of what is no upright JPEG in colour; what is damaged is for others to say. */
async function readPlanes(bytes: Uint8Array, shrinker: Shrinker): Promise<Planes | undefined> {
  const isJpeg = startsWith(bytes, [0xff, 0xd8, 0xff]);
  if (!isJpeg || typeof ImageDecoder === 'undefined' || jpegOrientation(bytes) !== 1) return undefined;
  const decoder = new ImageDecoder({
    data: bytes as Uint8Array<ArrayBuffer>,
    type: 'image/jpeg',
    colorSpaceConversion: 'none',
  });
  try {
    const { image, complete } = await decoder.decode();
    try {
      const { format, visibleRect } = image;
      if (!complete || !isPlanar(format) || !visibleRect) return undefined;
      const { width, height } = visibleRect;
      const layout = await image.copyTo(shrinker.room(image.allocationSize()));
      return { width, height, format, layout };
    } finally {
      image.close();
    }
  } finally {
    decoder.close();
  }
}
