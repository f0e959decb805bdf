import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { exampleGraph } from '@/lib/check/testing/graphs';
import { boxOf } from './boxes';
import { SMALLEST_TEXT } from './geometry';
import { openingOf } from './opening';

const checked = checkGraph(exampleGraph('ring'));

test('where there is room all is seen, no larger than it is', () => {
  const view = openingOf(checked, { width: 4000, height: 3000 });
  expect(view).toMatchObject({ zoom: 1, whole: true });
});

test('where there is none the text can be read still, and the players are seen', () => {
  const size = { width: 500, height: 300 };
  const view = openingOf(checked, size);
  expect(view?.whole).toBe(false);
  expect(SMALLEST_TEXT * (view?.zoom ?? 0)).toBeGreaterThanOrEqual(10.999);
  const loss = boxOf(checked, 'loss');
  expect(view && loss && view.x + view.zoom * (loss.x + loss.width)).toBeGreaterThan(0);
});

test('an empty document has no view of its own', () => {
  const empty = checkGraph({ ...checked.graph, nodes: [], networks: [], wires: [] });
  expect(openingOf(empty, { width: 800, height: 600 })).toBeUndefined();
});

test('the header of a frame does not open under the tools', () => {
  const best = checkGraph(exampleGraph('optimal-discriminator'));
  const height = 508;
  const view = openingOf(best, { width: 1096, height });
  const frame = boxOf(best, 'D');
  const game = boxOf(best, 'curve');
  expect(view && frame && view.y + view.zoom * frame.y).toBeGreaterThanOrEqual(height);
  expect(view && game && view.y + view.zoom * (game.y + game.height)).toBeLessThan(height);
});
