import { createCanvas } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { drawPicture } from './draw-picture';
import type { Picture } from './picture';
import { pictureToCsv } from './picture-to-csv';
import { lightTheme } from './theme';

const SIZE = 240;

/** Places with a tint of the curve's violet. */
function tinted(picture: Picture): readonly (readonly [number, number])[] {
  const context = createCanvas(SIZE, SIZE).getContext('2d');
  drawPicture(context, picture, { width: SIZE, height: SIZE }, lightTheme);
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  return Array.from({ length: SIZE * SIZE }, (_, i) => i).flatMap((i) =>
    (data[4 * i + 2] as number) - (data[4 * i + 1] as number) > 30
      ? [[i % SIZE, Math.floor(i / SIZE)] as const]
      : [],
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const moments = [
  { iteration: 1, range: [0, 1] as const, shares: Float32Array.of(1, 0) },
  { iteration: 9, range: [1, 3] as const, shares: Float32Array.of(0, 1) },
];

test('moments stand side by side, over the range of all', () => {
  const found = tinted({ type: 'course', moments });
  const [left, right] = [found.filter(([x]) => x < SIZE / 2), found.filter(([x]) => x > SIZE / 2 + 20)];
  // 0 to 0.5 of 3 at the lower end, 2 to 3 at the upper.
  expect(Math.min(...left.map(([, y]) => y))).toBeGreaterThan(SIZE / 2);
  expect(Math.max(...right.map(([, y]) => y))).toBeLessThan(SIZE / 2);
  expect(pictureToCsv({ type: 'course', moments })?.split('\n').slice(0, 2)).toEqual([
    'iteration,from,to,share',
    '1,0,0.5,1',
  ]);
});

test('bars of a histogram stand over its range; one number is one bar in the middle', () => {
  const of = (range: readonly [number, number], ...shares: number[]): Picture => ({
    type: 'histogram',
    range,
    shares: Float32Array.from(shares),
  });
  expect(mean(tinted(of([0, 1], 0, 0, 1)).map(([x]) => x))).toBeGreaterThan(SIZE * 0.7);
  expect(mean(tinted(of([2, 2], 1, 0, 0)).map(([x]) => x))).toBeCloseTo(SIZE / 2, -1);
  expect(pictureToCsv(of([0, 1], 0.25, 0.75))).toBe('from,to,share\n0,0.5,0.25\n0.5,1,0.75\n');
});

test('nothing at all is drawn of nothing', () => {
  expect(tinted({ type: 'course', moments: [] })).toEqual([]);
  expect(tinted({ type: 'histogram', range: [0, 0], shares: new Float32Array(4) })).toEqual([]);
});

test('a moment stands from its iteration to the next one’s', () => {
  const [first, second] = moments as [(typeof moments)[0], (typeof moments)[0]];
  const late = [first, { ...second, iteration: 2 }, { ...second, iteration: 21 }];
  // 1 to 2 of 31.
  const found = tinted({ type: 'course', moments: late }).filter(([, y]) => y > SIZE / 2 && y < SIZE - 30);
  expect(Math.max(...found.map(([x]) => x)) - Math.min(...found.map(([x]) => x))).toBeLessThan(12);
});
