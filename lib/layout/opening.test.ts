import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { exampleGraph } from '@/lib/check/testing/graphs';
import { boxOf } from './boxes';
import { FRAME_HEADER, SMALLEST_TEXT } from './geometry';
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

test.each([
  ['optimal-discriminator', 1096, 508],
  ['ring', 984, 618],
])('no header of a frame of %s is under the tools as it opens at %i x %i', (id, width, height) => {
  const opened = checkGraph(exampleGraph(id));
  const view = openingOf(opened, { width, height });
  const tools = { from: height - 46, to: height - 14 };
  for (const network of opened.networks.keys()) {
    const frame = boxOf(opened, network);
    const top = (view?.y ?? 0) + (view?.zoom ?? 0) * (frame?.y ?? 0);
    const bottom = top + (view?.zoom ?? 0) * FRAME_HEADER;
    expect(bottom <= tools.from || top >= tools.to, `${network} at ${top}`).toBe(true);
  }
});
