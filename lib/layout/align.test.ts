import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { align, distribute } from './align';
import { boxOf } from './boxes';

const graph: Graph = {
  ...emptyGraph(),
  networks: [{ id: 'G', name: 'G', color: 'violet', at: [1000, 1000], size: [300, 200], collapsed: false }],
  nodes: [
    { id: 'a', kind: 'latent', at: [0, 0], params: {} },
    { id: 'b', kind: 'latent', at: [50, 100], params: {} },
    { id: 'c', kind: 'latent', at: [300, 500], params: {} },
    { id: 'd', kind: 'dense', network: 'G', at: [40, 60], params: {} },
  ],
};
const checked = checkGraph(graph);
const boxes = (after: Graph, ids: string[]) => ids.map((id) => boxOf(checkGraph(after), id));

test('aligned to the left, all begin where the leftmost does', () => {
  const after = align(graph, checked, ['a', 'b', 'c'], 'left');
  expect(boxes(after, ['a', 'b', 'c']).map((box) => box?.x)).toEqual([0, 0, 0]);
  expect(boxes(after, ['a', 'b', 'c']).map((box) => box?.y)).toEqual([0, 100, 500]);
});

test('a layer is aligned on the canvas, not within its frame', () => {
  const after = align(graph, checked, ['a', 'd'], 'left');
  expect(boxes(after, ['d'])[0]?.x).toBe(0);
  expect(after.nodes[3]?.at).toEqual([-1000, 60]);
});

test('a layer moves with its frame where both are chosen', () => {
  const after = align(graph, checked, ['a', 'G', 'd'], 'top');
  expect(boxes(after, ['G', 'd']).map((box) => box?.y)).toEqual([0, 60]);
});

test('distributed, the gaps are equal and the ends stay', () => {
  const after = distribute(graph, checked, ['a', 'b', 'c'], 'y');
  const [a, b, c] = boxes(after, ['a', 'b', 'c']);
  expect([a?.y, c?.y]).toEqual([0, 500]);
  expect((b?.y ?? 0) - (a?.y ?? 0)).toBe(250);
});

test('one thing alone is aligned already', () => {
  expect(align(graph, checked, ['a'], 'right')).toBe(graph);
});
