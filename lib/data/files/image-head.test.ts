import { strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { isCutOff, jpegOrientation, withoutExif } from './image-head';

/** The beginning of a JPEG with these segments. */
const jpeg = (...segments: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from([0xff, 0xd8, ...segments.flat(), 0xff, 0xda, 0, 2]);
const segment = (marker: number, content: readonly number[]): number[] => [
  ...[0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255],
  ...content,
];
const exif = (content: readonly number[]) => segment(0xe1, [...strToU8('Exif\0\0'), ...content]);

const big = [...strToU8('MM\0*'), 0, 0, 0, 8, 0, 2, 1, 0, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0];
const little = [...strToU8('II*\0'), 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0];

test.each<[string, Uint8Array, number]>([
  [
    'most significant byte first, as the second entry',
    jpeg(exif([...big, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0])),
    6,
  ],
  ['least significant byte first, behind another segment', jpeg(segment(0xe0, [1, 2]), exif(little)), 8],
  ['no entry of it', jpeg(exif(big)), 1],
  ['nothing, and something in a second one', jpeg(exif(big), exif(little)), 1],
  ['no EXIF', jpeg(segment(0xe1, [...strToU8('http')])), 1],
  ['a file that is cut off', jpeg(exif(little)).subarray(0, 20), 1],
])('how a JPEG is turned: %s', (_, bytes, turned) => {
  expect(jpegOrientation(bytes)).toBe(turned);
});

/** Chunks of a PNG (their checksums are not read) and of a WebP. */
const chunk = (type: string, content: readonly number[]) => [
  ...[0, 0, 0, content.length],
  ...strToU8(type),
  ...[...content, 1, 2, 3, 4],
];
const png = (...chunks: readonly (readonly number[])[]) =>
  Uint8Array.from([0x89, ...strToU8('PNG\r\n\x1a\n'), ...chunks.flat()]);
const part = (type: string, content: readonly number[]) => [
  ...[...strToU8(type), content.length, 0, 0, 0],
  ...[...content, ...(content.length % 2 ? [0] : [])],
];
const webp = (...parts: readonly (readonly number[])[]) =>
  Uint8Array.from([
    ...strToU8('RIFF'),
    4 + parts.flat().length,
    0,
    0,
    0,
    ...strToU8('WEBP'),
    ...parts.flat(),
  ]);

test('a PNG and a WebP are as they are but for their EXIF', () => {
  const [head, body] = [chunk('IHDR', [1, 2]), chunk('IDAT', [3])];
  expect(withoutExif(png(head, chunk('eXIf', little), body, chunk('eXIf', big)))).toEqual(png(head, body));
  const [frame, last] = [part('VP8X', [1]), part('VP8L', [7, 8, 9])];
  expect(withoutExif(webp(frame, part('EXIF', little.slice(1)), last))).toEqual(webp(frame, last));
  for (const other of [png(head, body), webp(last), jpeg(exif(little))])
    expect(withoutExif(other)).toBe(other);
});

test('a chunk that claims more than there is ends the file', () => {
  const long = png(chunk('IHDR', [1]), [255, 255, 255, 255, ...strToU8('eXIf'), 1]);
  expect(withoutExif(long)).toEqual(png(chunk('IHDR', [1])));
});

test('a picture that ends too early is cut off, wherever it ends', () => {
  const scan = [0xff, 0xda, 0, 2, 5, 6];
  const thumbnail = exif([...big, 0xff, 0xd8, 0xff, 0xd9]);
  const photo = Uint8Array.from([0xff, 0xd8, ...thumbnail, ...scan, 0xff, 0xd9, 0]);
  const drawing = png(chunk('IHDR', [1, 2]), chunk('IDAT', [3, 4]), chunk('IEND', []));
  const picture = webp(part('VP8L', [7, 8, 9]));
  for (const [whole, end] of [
    [photo, photo.length - 1],
    [drawing, drawing.length],
    [picture, picture.length],
  ] as const) {
    expect(isCutOff(whole)).toBe(false);
    for (let length = 12; length < end; length++) expect(isCutOff(whole.subarray(0, length))).toBe(true);
  }
});
