import { strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { jpegOrientation } from './image-head';

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
