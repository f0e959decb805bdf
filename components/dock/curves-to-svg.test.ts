import { expect, test } from 'vitest';
import { curvesToSvg } from './curves-to-svg';

const curves = [
  { id: 'd', label: 'D', color: 'amber', isDashed: false },
  { id: 'g', label: 'a < b & c', color: 'violet', isDashed: true },
] as const;
const svg = (data: readonly (readonly (number | null)[])[]) =>
  curvesToSvg({ title: 'Losses', curves, data, place: (value) => value, color: ({ color }) => color });

test('a curve is a line from corner to corner, with gaps left out and names escaped', () => {
  const drawn = svg([
    [0, 10, 20],
    [0, null, 4],
    [4, Number.NaN, 0],
  ]);
  expect([...drawn.matchAll(/points="([^"]*)"/g)].map(([, points]) => points)).toEqual([
    '56.0,292.0 628.0,34.0',
    '56.0,34.0 628.0,292.0',
  ]);
  expect(drawn).toContain('a &lt; b &amp; c');
  expect(drawn.match(/stroke-dasharray/g)).toHaveLength(2);
  expect(drawn).toMatch(/>4<.*>0<|>0<.*>4</);
});

test('without numbers there are axes and no NaN', () => {
  expect(svg([[], [], []])).not.toContain('NaN');
});
