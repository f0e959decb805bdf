import { expect, test } from 'vitest';
import type { Picture } from './picture';
import { panned, wholeOf, zoomed, zoomedAt } from './zoom';

const side = 48;
/** x + 10 y at the centres of cells, over [0, 2] × [0, 1]. */
const plane: Picture = {
  type: 'points',
  real: Float32Array.of(0.5, 0.5),
  bounds: [
    [0, 2],
    [0, 1],
  ],
  surface: {
    width: side,
    height: side,
    values: Float32Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [(2 * ((i % side) + 0.5)) / side, (Math.floor(i / side) + 0.5) / side];
      return x + 10 * y;
    }),
  },
};
const whole = wholeOf(plane) ?? { across: [0, 1] };

test('what is under the pointer stays there, and a part is within the whole', () => {
  const { across, up } = zoomedAt(whole, whole, 2, [0.5, 0.75]);
  expect(across).toEqual([0.25, 1.25]);
  expect(up).toEqual([0.375, 0.875]);
  const least = zoomedAt(whole, whole, 1e6, [0.5, 0.75]).across;
  expect(least[1] - least[0]).toBeCloseTo(2 / 64, 10);
  expect(zoomedAt({ across, ...(up && { up }) }, whole, 0.01, [0, 0])).toEqual(whole);
});

test('a part is moved by shares of itself, up to the edge', () => {
  const part = zoomedAt(whole, whole, 2, [1, 0.5]);
  expect(panned(part, whole, 0.25, 0).across).toEqual([0.75, 1.75]);
  expect(panned(part, whole, 5, -5)).toEqual({ across: [1, 2], up: [0, 0.5] });
});

test('a surface is the same function in a part as in the whole', () => {
  const part = zoomed(plane, { across: [0.5, 1.5], up: [0.25, 0.75] });
  if (part.type !== 'points' || !part.surface) throw new Error('no surface');
  expect(part.bounds).toEqual([
    [0.5, 1.5],
    [0.25, 0.75],
  ]);
  const at = (column: number, row: number) => part.surface?.values[row * side + column];
  expect(at(0, 0)).toBeCloseTo(0.5 + 0.5 / side + 10 * (0.25 + 0.25 / side), 4);
  expect(at(47, 47)).toBeCloseTo(1.5 - 0.5 / side + 10 * (0.75 - 0.25 / side), 4);
});

test('a curve is the same function in a part as in the whole', () => {
  const curve = Float32Array.from({ length: 101 }, (_, i) => i / 100);
  const line: Picture = { type: 'densities', range: [-1, 1], curve, real: curve };
  const part = zoomed(line, { across: [0, 0.5] });
  if (part.type !== 'densities') throw new Error('no densities');
  expect(part.range).toEqual([0, 0.5]);
  expect(part.curve?.[0]).toBeCloseTo(0.5, 5);
  expect(part.real?.[50]).toBeCloseTo(0.625, 5);
  expect(part.curve?.at(-1)).toBeCloseTo(0.75, 5);
});

test('a picture without axes has no parts', () => {
  const empty: Picture = { type: 'empty', message: '' };
  expect(wholeOf(empty)).toBeUndefined();
  expect(zoomed(empty, { across: [0, 1] })).toBe(empty);
});
