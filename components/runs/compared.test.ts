import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { loadExample } from '@/lib/train/testing/train';
import { comparedCurves, type Overlay, overlaysOf } from './compared';

const graph = checkGraph(loadExample('ring'));
const runs = [
  { id: 'a', title: 'First', graph },
  { id: 'b', title: 'Second', graph },
];
const overlay = (label: string) => overlaysOf(runs).find((each) => each.label === label) as Overlay;

test('a network has one colour in every run, and a run one kind of line and its name', () => {
  const curves = comparedCurves(runs, overlay('Losses'));
  expect(curves.map(({ label }) => label)).toEqual(['First: D', 'First: G', 'Second: D', 'Second: G']);
  const [d, g, otherD, otherG] = curves;
  expect([d?.color, g?.color]).toEqual([otherD?.color, otherG?.color]);
  expect(d?.color).not.toBe(g?.color);
  expect(d?.dash).toEqual(g?.dash);
  expect(d?.dash).not.toEqual(otherD?.dash);
  expect(new Set(curves.map(({ id }) => id)).size).toBe(4);
});

test('a metric has a line for each run, named by it', () => {
  const modes = overlaysOf(runs).find(({ source }) => source === 'metrics') as Overlay;
  expect(comparedCurves(runs, modes).map(({ label, series }) => [label, series])).toEqual([
    ['First', modes.value],
    ['Second', modes.value],
  ]);
});
