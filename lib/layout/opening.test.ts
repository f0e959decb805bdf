import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { exampleGraph } from '@/lib/check/testing/graphs';
import { boxOf, overlaps } from './boxes';
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
  ['flow', 1096, 508],
  ['belief-net', 1096, 508],
])(
  'no header of a frame and no card of %s is under the tools as it opens at %i x %i',
  (id, width, height) => {
    const opened = checkGraph(exampleGraph(id));
    const view = openingOf(opened, { width, height });
    const tools = { x: 14, y: height - 46, width: 176, height: 32 };
    const covered = [...opened.networks.keys(), ...opened.nodes.keys()].filter((item) => {
      const box = boxOf(opened, item);
      if (!box || !view) return false;
      const { zoom } = view;
      return overlaps(
        {
          x: view.x + zoom * box.x,
          y: view.y + zoom * box.y,
          width: zoom * box.width,
          height: zoom * (opened.networks.has(item) ? FRAME_HEADER : box.height),
        },
        tools,
      );
    });
    expect(covered).toEqual([]);
  },
);

test('what is cut is left out rather than cut through, and what is read first is kept', () => {
  const wide = checkGraph(exampleGraph('minimax-vs-non-saturating'));
  const view = openingOf(wide, { width: 1100, height: 560 });
  const screen = { x: 0, y: 0, width: 1100, height: 560 };
  const cut = wide.graph.nodes.filter(({ id, network }) => {
    const box = boxOf(wide, id);
    if (!box || !view || network !== undefined) return false;
    const [x, y] = [view.x + view.zoom * box.x, view.y + view.zoom * box.y];
    const onScreen = { x, y, width: view.zoom * box.width, height: view.zoom * box.height };
    const isIn = x >= 0 && y >= 0 && x + onScreen.width <= 1100 && y + onScreen.height <= 560;
    return overlaps(onScreen, screen) && !isIn;
  });
  expect(view?.whole).toBe(false);
  expect(cut.map(({ id }) => id)).toEqual([]);
  expect((view?.x ?? 0) + (view?.zoom ?? 0) * (boxOf(wide, 'z')?.x ?? 0)).toBeGreaterThan(0);
});
