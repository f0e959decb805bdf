import { bigEndian, latin, littleEndian, startsWith } from '@/lib/util/bytes';
import { joinBytes } from '@/lib/util/join';

/** What the first bytes of an image say of it, before it is decoded. */
export interface ImageHead {
  readonly format: string;
  /** Pixels; 0 where the file does not say. */
  readonly width: number;
  readonly height: number;
  readonly isGrey?: boolean;
}

/** PNG, JPEG, GIF, WebP and AVIF, what browsers decode; undefined for anything else. */
export function readImageHead(bytes: Uint8Array): ImageHead | undefined {
  if (isPng(bytes)) return { format: 'PNG', ...pngSize(bytes) };
  if (isJpeg(bytes)) return { format: 'JPEG', ...jpegSize(bytes) };
  if (startsWith(bytes, 'GIF8'))
    return { format: 'GIF', width: littleEndian(bytes, 6, 2), height: littleEndian(bytes, 8, 2) };
  if (isWebp(bytes)) return { format: 'WebP', ...webpSize(bytes) };
  if (/^ftypavi[fs]/.test(latin(bytes.subarray(4, 12)))) return { format: 'AVIF', ...avifSize(bytes) };
  return undefined;
}

const isPng = (bytes: Uint8Array) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const isJpeg = (bytes: Uint8Array) => startsWith(bytes, [0xff, 0xd8, 0xff]);
const isWebp = (bytes: Uint8Array) => startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8);

function pngSize(bytes: Uint8Array): Omit<ImageHead, 'format'> {
  if (!startsWith(bytes, 'IHDR', 12)) return { width: 0, height: 0 };
  return {
    width: bigEndian(bytes, 16),
    height: bigEndian(bytes, 20),
    isGrey: bytes[25] === 0 || bytes[25] === 4,
  };
}

/** Where each segment of a JPEG begins, where it says that it ends, and its marker, up to that of the scan. */
function* segmentsOf(bytes: Uint8Array): Generator<readonly [at: number, end: number, marker: number]> {
  let at = 2;
  while (bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    // In the head of a for loop Turbopack 16.4 leaves the name of what is imported as it is, which is then unknown.
    const end = at + 2 + bigEndian(bytes, at + 2, 2);
    yield [at, end, bytes[at + 1] as number];
    at = end;
  }
}

/** Up to the segment that begins a frame. */
function jpegSize(bytes: Uint8Array): Omit<ImageHead, 'format'> {
  for (const [at, , marker] of segmentsOf(bytes)) {
    if (at + 9 >= bytes.length) break;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return {
        height: bigEndian(bytes, at + 5, 2),
        width: bigEndian(bytes, at + 7, 2),
        isGrey: bytes[at + 9] === 1,
      };
  }
  return { width: 0, height: 0 };
}

/**
 * How a JPEG is turned, by its EXIF: 1 is upright, 2 to 8 mirrored, turned or both. 1 where it does not say.
 */
export function jpegOrientation(bytes: Uint8Array): number {
  // Further ones are not asked: a file may consist of them.
  for (const [at, , marker] of segmentsOf(bytes))
    if (marker === 0xe1 && startsWith(bytes, 'Exif\0\0', at + 4)) return exifOrientation(bytes, at + 10);
  return 1;
}

function exifOrientation(bytes: Uint8Array, start: number): number {
  const read = startsWith(bytes, 'II', start) ? littleEndian : bigEndian;
  const list = start + read(bytes, start + 4, 4);
  for (let i = 0; i < read(bytes, list, 2); i++)
    if (read(bytes, list + 2 + 12 * i, 2) === ORIENTATION) return read(bytes, list + 10 + 12 * i, 2);
  return 1;
}

/** Where each chunk of a PNG or a WebP begins, and where it says that it ends. */
function* chunksOf(bytes: Uint8Array): Generator<readonly [at: number, end: number]> {
  let at = isPng(bytes) ? 8 : 12;
  while (at + 8 <= bytes.length) {
    // Length, type, content and checksum; or type, length and content, up to an even number.
    const size = isPng(bytes)
      ? 12 + bigEndian(bytes, at)
      : 8 + 2 * Math.ceil(littleEndian(bytes, at + 4) / 2);
    yield [at, at + size];
    at += size;
  }
}

/**
 * A PNG or a WebP without its EXIF: some decoders turn one of them by it, some the other. What else is in the file, and
 * any other file, is left as it is.
 */
export function withoutExif(bytes: Uint8Array): Uint8Array {
  if (!isPng(bytes) && !isWebp(bytes)) return bytes;
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const [at, end] of chunksOf(bytes))
    if (startsWith(bytes, isPng(bytes) ? 'eXIf' : 'EXIF', isPng(bytes) ? at + 4 : at)) {
      kept.push(bytes.subarray(from, at));
      from = end;
    }
  if (kept.length === 0) return bytes;
  const all = joinBytes([...kept, bytes.subarray(from)]);
  if (!isPng(bytes)) new DataView(all.buffer).setUint32(4, all.length - 8, true);
  return all;
}

/** Whether a PNG, JPEG or WebP ends too early. Some decoders give what there is of it. */
export function isCutOff(bytes: Uint8Array): boolean {
  if (isPng(bytes)) {
    for (const [at] of chunksOf(bytes)) if (startsWith(bytes, 'IEND', at + 4)) return at + 12 > bytes.length;
    return true;
  }
  if (isJpeg(bytes)) {
    let head = 2;
    for (const [, end] of segmentsOf(bytes)) head = end;
    // Within a scan 0xff is never followed by 0xd9; a small picture in its EXIF, which ends so too, comes before.
    for (let end = bytes.length - 2; end > head; end--)
      if (bytes[end] === 0xff && bytes[end + 1] === 0xd9) return false;
    return true;
  }
  return isWebp(bytes) && littleEndian(bytes, 4) + 8 > bytes.length;
}

/** Its number among the entries of EXIF. */
const ORIENTATION = 0x0112;

/** Lossy, lossless and extended have their sizes at different places. */
function webpSize(bytes: Uint8Array): Omit<ImageHead, 'format'> {
  if (startsWith(bytes, 'VP8X', 12))
    return { width: littleEndian(bytes, 24, 3) + 1, height: littleEndian(bytes, 27, 3) + 1 };
  if (startsWith(bytes, 'VP8L', 12)) {
    const bits = littleEndian(bytes, 21, 4);
    return { width: (bits % 2 ** 14) + 1, height: (Math.floor(bits / 2 ** 14) % 2 ** 14) + 1 };
  }
  return { width: littleEndian(bytes, 26, 2) % 2 ** 14, height: littleEndian(bytes, 28, 2) % 2 ** 14 };
}

/** The largest of the boxes `ispe` (image spatial extents): version and flags, width, height. */
function avifSize(bytes: Uint8Array): Omit<ImageHead, 'format'> {
  const text = latin(bytes.subarray(0, 4_096));
  let [width, height] = [0, 0];
  for (let at = text.indexOf('ispe'); at >= 0; at = text.indexOf('ispe', at + 1)) {
    width = Math.max(width, bigEndian(bytes, at + 8));
    height = Math.max(height, bigEndian(bytes, at + 12));
  }
  return { width, height };
}
