import { GifEncoder } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { gifFrames, measureFrames } from './gif';
import { gif, movingGif } from './testing/files';

/** A letter for each pixel, line by line. */
const letters = new Map([
  ['0,0,0,255', 'k'],
  ['255,0,0,255', 'r'],
  ['0,255,0,255', 'g'],
  ['255,255,255,255', 'w'],
  ['0,0,0,0', '.'],
]);
const drawn = (bytes: Uint8Array): string[] =>
  [...gifFrames(bytes)].map(({ width, height, values }) =>
    Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => {
        const at = 4 * (y * width + x);
        return letters.get(values.subarray(at, at + 4).join()) ?? '?';
      }).join(''),
    ).join(' '),
  );

test('each frame is laid upon what the one before it has left', () => {
  expect(drawn(movingGif)).toEqual([
    'rrrrrr rrrrrr rrrrrr rrrrrr',
    'rrrrrr rggrrr rrgrrr rrrrrr',
    'rrrkwr r..kwr r..kwr rrrkwr',
  ]);
  expect(measureFrames(movingGif)).toEqual({ frames: 3, pixels: 3 * 24 });
});

test('a frame whose disposal is to be taken away again leaves nothing', () => {
  const bytes = gif(2, 1, [
    { size: [2, 1], places: [1, 2] },
    { size: [1, 1], places: [3], disposal: 3 },
    { at: [1, 0], size: [1, 1], places: [0] },
  ]);
  expect(drawn(bytes)).toEqual(['rg', 'wg', 'rk']);
});

test('a frame that claims more than there is memory for is damaged, and counts in full', () => {
  const bytes = gif(1, 1, [{ size: [65_535, 65_535], places: [1] }]);
  expect(() => [...gifFrames(bytes)]).toThrow('a frame is too large');
  expect(measureFrames(bytes)).toEqual({ frames: 1, pixels: 65_535 ** 2 });
});

test('interlaced lines come in four passes, what is outside the picture is not seen', () => {
  const lines = [0, 8, 4, 2, 6, 1, 3, 5, 7];
  const places = lines.flatMap((y) => [y % 4, y % 4]);
  const bytes = gif(1, 9, [{ size: [2, 9], places, isInterlaced: true }]);
  expect(drawn(bytes)).toEqual(['k r g w k r g w k']);
});

test('codes of growing length, as encoders write them', () => {
  const [width, height] = [60, 50];
  const encoder = new GifEncoder(width, height);
  // So few colours that the encoder need not choose.
  const frames = [0, 1, 2].map((shift) =>
    Uint8Array.from({ length: 4 * width * height }, (_, i) =>
      i % 4 === 3 ? 255 : 60 * ((Math.imul((i >> 2) + 7 * shift, 0x9e3779b1) >>> 30) + (i % 4 === 1 ? 1 : 0)),
    ),
  );
  for (const frame of frames) encoder.addFrame(frame, width, height);
  const found = [...gifFrames(encoder.finish())].map(({ values }) => [...values]);
  expect(found).toEqual(frames.map((frame) => [...frame]));
});

test.each([
  ['is cut off', movingGif.subarray(0, movingGif.length - 12), 2],
  ['has no frame', movingGif.subarray(0, 30), 0],
])('a file that %s: the frames before that, and an error or an end', (_, bytes, whole) => {
  const found: unknown[] = [];
  try {
    for (const frame of gifFrames(bytes)) found.push(frame);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
  }
  expect(found).toHaveLength(whole);
});
