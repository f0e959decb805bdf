import { expect, test } from 'vitest';
import { checkedOf } from '@/lib/edit/checked-of';
import { moveNodes } from '@/lib/edit/move';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { boxOf, type Point } from './boxes';
import { pointsAlong } from './curve';
import { addPoint, movePoint, removePoint, viaOf } from './via';
import { createWireLines, endOf } from './wires';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;
const inGame = ring.wires.findIndex(([from]) => from === 'z.out');
const inFrame = ring.wires.findIndex(([from]) => from === 'g-dense-1.out');

const endsOfWire = (index: number): readonly [Point, Point] => {
  const [from = '', to = ''] = ring.wires[index] ?? [];
  const [a, b] = [from.split('.'), to.split('.')];
  const checked = checkedOf(ring);
  const start = endOf(checked, a[0] ?? '', a[1] ?? '', 'source');
  const end = endOf(checked, b[0] ?? '', b[1] ?? '', 'target');
  if (!start || !end) throw new Error('no ends');
  return [start.at, end.at];
};
const lineOf = (graph: typeof ring, index: number) => {
  const line = createWireLines()(checkedOf(graph)).find((candidate) => candidate.index === index);
  if (!line) throw new Error('no line');
  return pointsAlong(line.curve);
};

test('a wire runs through its points, in order, and under no card', () => {
  const points: readonly Point[] = [
    [200, -120],
    [-90, -60],
  ];
  const ends = endsOfWire(inGame);
  const graph = points.reduce((current, at) => addPoint(current, inGame, at, ends), ring);
  const via = viaOf(graph, graph.wires[inGame] ?? ['', '']);
  expect(new Set(via)).toEqual(new Set(points));
  const line = lineOf(graph, inGame);
  const places = via.map((point) => line.findIndex(([x, y]) => x === point[0] && y === point[1]));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  const checked = checkedOf(graph);
  for (const { id, network } of graph.nodes) {
    const box = network === undefined && !['z', 'g-fake'].includes(id) ? boxOf(checked, id) : undefined;
    const hits = line.filter(
      ([x, y]) => box && x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height,
    );
    expect([id, hits]).toEqual([id, []]);
  }
});

test('points are moved and removed; the last leaves a plain wire', () => {
  const one = addPoint(ring, inGame, [10, 20], endsOfWire(inGame));
  expect(movePoint(one, inGame, 0, [30, 40]).wires[inGame]?.[2]).toEqual({ via: [[30, 40]] });
  expect(movePoint(one, inGame, 1, [30, 40])).toBe(one);
  expect(removePoint(one, inGame, 0).wires[inGame]).toEqual(ring.wires[inGame]);
});

test('points of a wire in a frame move with the frame', () => {
  const [left = 0, top = 0] = ring.networks.find(({ id }) => id === 'G')?.at ?? [];
  const one = addPoint(ring, inFrame, [left + 150, top + 100], endsOfWire(inFrame));
  expect(one.wires[inFrame]?.[2]).toEqual({ via: [[150, 100]] });
  const moved = moveNodes(one, new Map([['G', [left, top + 500]]]));
  expect(viaOf(moved, moved.wires[inFrame] ?? ['', ''])).toEqual([[left + 150, top + 600]]);
  expect(lineOf(moved, inFrame)).toContainEqual([left + 150, top + 600]);
});
