import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { sketch } from '@/lib/check/testing/graphs';
import { setNetwork } from '@/lib/edit/set';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { processorTime } from '@/lib/util/testing/processor-time';
import { boxOf } from './boxes';
import { boundsOfItems, boxAt, cardAt, cardsIn, layOut, wiresIn } from './layout';
import { neighbour } from './neighbour';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;
const checked = checkGraph(ring);
const layout = layOut(ring, checked, true);
const idsOf = (items: readonly number[]) => items.map((item) => layout.ids[item]);

test('everything is where the canvas has it', () => {
  expect(layout.ids.length).toBe(ring.networks.length + ring.nodes.length);
  for (const id of layout.ids) {
    const item = layout.itemOf.get(id) as number;
    expect(boxAt(layout, item)).toEqual(boxOf(checked, id));
  }
  expect(layout.wires.length).toBe(ring.wires.length);
});

test('what is in a part of the canvas, and what is under a point', () => {
  const box = boxOf(checked, 'g-dense-2');
  if (!box) throw new Error('no g-dense-2');
  expect(idsOf(cardsIn(layout, box))).toEqual(['g-dense-2']);
  const touching = wiresIn(layout, box).map(({ index }) => ring.wires[index]?.join(' '));
  expect(touching).toContain('g-act-1.out g-dense-2.in');
  expect(touching).not.toContain('d-act-1.out d-dense-2.in');
  expect(cardAt(layout, [box.x + 1, box.y + 1])).toBe('g-dense-2');
  expect(cardAt(layout, [box.x - 3, box.y + 1])).toBeUndefined();
  expect(cardAt(layout, [box.x - 3, box.y + 1], 4)).toBe('g-dense-2');
});

test('a collapsed network has no cards and no wires in it', () => {
  const collapsed = setNetwork(ring, 'G', { collapsed: true });
  const small = layOut(collapsed, checkGraph(collapsed), false);
  expect(small.ids).not.toContain('g-dense-2');
  expect(small.ids).toContain('d-dense-2');
  expect(small.wires.every(({ from }) => from >= small.frames)).toBe(true);
});

test('bounds hold all, or what is named', () => {
  const { x, y, width, height } = layout.bounds as NonNullable<typeof layout.bounds>;
  for (const id of layout.ids) {
    const box = boxAt(layout, layout.itemOf.get(id) as number);
    expect(box.x >= x && box.y >= y).toBe(true);
    expect(box.x + box.width <= x + width && box.y + box.height <= y + height).toBe(true);
  }
  expect(boundsOfItems(layout, ['z', 'nothing'])).toEqual(boxOf(checked, 'z'));
  expect(boundsOfItems(layout, [])).toBeUndefined();
});

test('arrow keys go to the next card of a row and back', () => {
  const from = layout.itemOf.get('g-dense-2') as number;
  const right = neighbour(layout, from, [1, 0]) as number;
  expect(layout.ids[right]).toBe('g-act-2');
  expect(neighbour(layout, right, [-1, 0])).toBe(from);
});

test('the layout of thousands of optimizers stays near to the time of their check', () => {
  const nodes = Array.from({ length: 5_000 }, (_, i) => ({ id: `a${i}`, kind: 'adam' }));
  const graph = sketch({ nodes });
  const start = processorTime();
  const many = checkGraph(graph);
  const between = processorTime();
  layOut(graph, many, true);
  expect(processorTime() - between).toBeLessThan(2 * (between - start));
});
