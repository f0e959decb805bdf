import { expect, test } from 'vitest';
import { pinched } from './use-pinch';

const limits = [0.5, 4] as const;

test('what is between the fingers stays there, larger by as much as they part', () => {
  const viewport = { x: 10, y: 20, zoom: 1 };
  const next = pinched(viewport, { x: 110, y: 70, apart: 50 }, { x: 130, y: 70, apart: 100 }, limits);
  expect(next).toEqual({ x: -70, y: -30, zoom: 2 });
  const place = ({ x, y, zoom }: typeof viewport, at: readonly [number, number]) => [
    (at[0] - x) / zoom,
    (at[1] - y) / zoom,
  ];
  expect(place(next, [130, 70])).toEqual(place(viewport, [110, 70]));
});

test('within the limits of the canvas', () => {
  const pair = (apart: number) => ({ x: 0, y: 0, apart });
  expect(pinched({ x: 0, y: 0, zoom: 3 }, pair(10), pair(90), limits).zoom).toBe(4);
  expect(pinched({ x: 0, y: 0, zoom: 1 }, pair(90), pair(1), limits).zoom).toBe(0.5);
});
