import { expect, test } from 'vitest';
import { plotScaling } from './plot';
import { replacePart } from './report';
import type { Scaling } from './results';
import { markdownRows, printRows } from './table';

test('a generated part is replaced, and the text around it stays', () => {
  const text = 'a\n<!-- generated: x -->\nold\n<!-- end -->\nb\n<!-- generated: y -->\nkept\n<!-- end -->\n';
  const replaced = replacePart(text, 'x', 'new');
  expect(replaced).toBe(text.replace('old', 'new'));
  expect(replacePart(replaced, 'x', 'new')).toBe(replaced);
  expect(() => replacePart(text, 'z', 'new')).toThrow('no part z');
});

test('tables line up', () => {
  const rows = [
    ['a', 'bb'],
    ['ccc', 'd'],
  ];
  expect(printRows(rows)).toBe('a    bb\nccc  d');
  expect(markdownRows(rows)).toBe('| a | bb |\n| --- | ---: |\n| ccc | d |');
});

test('the plot holds a mark for every point, inside its frame', () => {
  const point = (value: number) => ({
    value,
    multiplyAdds: value * 1e6,
    median: value,
    low: value,
    high: value,
  });
  const scaling: Scaling = {
    machine: { cpu: 'c', cores: 1, memoryGiB: 1 },
    versions: {},
    axes: [
      {
        name: 'width',
        unit: 'units',
        points: [1, 10, 100].map(point),
        fit: { slope: 1, factor: 1, r2: 1 },
        line: { fixed: 0, perUnit: 1, worst: 0 },
      },
    ],
  };
  const svg = plotScaling(scaling);
  const marks = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)];
  expect(marks).toHaveLength(4); // and one in the legend
  for (const [, x, y] of marks) {
    expect(Number(x)).toBeGreaterThan(0);
    expect(Number(x)).toBeLessThan(720);
    expect(Number(y)).toBeGreaterThan(0);
    expect(Number(y)).toBeLessThan(420);
  }
  expect(svg).not.toMatch(/NaN|undefined/);
});
