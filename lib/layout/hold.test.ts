import { expect, test } from 'vitest';
import { checkedOf } from '@/lib/edit/checked-of';
import { moveNodes } from '@/lib/edit/move';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { boxOf } from './boxes';
import { growFrames, growthFor } from './hold';
import { topLevelBoxes } from './make-room';

const frame = (id: string, at: [number, number]): Graph['networks'][number] => ({
  id,
  name: id,
  color: 'violet',
  at,
  size: [400, 120],
  collapsed: false,
});
const node = (id: string, kind: string, at: [number, number], network?: string) => ({
  id,
  kind,
  at,
  ...(network && { network }),
  params: {},
});
const graph: Graph = {
  ...emptyGraph(),
  networks: [frame('N', [0, 200]), frame('M', [0, 346])],
  nodes: [
    node('a', 'dense', [20, 50], 'N'),
    node('b', 'relu', [200, 50], 'N'),
    node('beside', 'adam', [420, 210]),
    node('above', 'adam', [100, 60]),
  ],
  wires: [['a.out', 'b.in']],
};
const drag = (id: string, to: [number, number]) => growFrames(moveNodes(graph, new Map([[id, to]])), [id]);
const onCanvas = (of: Graph, id: string) => boxOf(checkedOf(of), id);

test.each([
  ['right', [900, 50]],
  ['left', [-300, 50]],
  ['bottom', [200, 500]],
  ['top', [100, -400]],
] as const)('a frame grows for a layer past its %s edge, and covers nothing', (_, to) => {
  const after = drag('b', [...to]);
  const [x, y] = [onCanvas(after, 'N'), onCanvas(after, 'b')];
  if (!x || !y) throw new Error('not on the canvas');
  expect(y.x).toBeGreaterThanOrEqual(x.x + 20);
  expect(y.y).toBeGreaterThanOrEqual(x.y + 34);
  expect(y.x + y.width).toBeLessThanOrEqual(x.x + x.width - 20);
  expect(y.y + y.height).toBeLessThanOrEqual(x.y + x.height - 20);
  // Where it was let go, and the other layer where it was.
  expect([y.x, y.y]).toEqual([to[0], 200 + to[1]]);
  expect(onCanvas(after, 'a')).toEqual(onCanvas(graph, 'a'));
  const boxes = [...topLevelBoxes(after)];
  for (const [id, box] of boxes)
    if (id !== 'N')
      expect(
        box.x >= x.x + x.width ||
          box.x + box.width <= x.x ||
          box.y >= x.y + x.height ||
          box.y + box.height <= x.y,
      ).toBe(true);
});

test('a frame that holds its layers, or moves with them, stays as it is', () => {
  expect(drag('b', [220, 60]).networks).toEqual(graph.networks);
  const far = new Map([
    ['N', [0, 0]],
    ['b', [900, 50]],
  ] as const);
  expect(growthFor(checkedOf(graph), 'N', far)).toBeUndefined();
});
