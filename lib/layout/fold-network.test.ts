import { expect, test } from 'vitest';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { foldNetwork } from './fold-network';
import { COLLAPSED } from './geometry';

const graphWith = (...beside: { id: string; kind: string; at: [number, number] }[]): Graph => ({
  ...emptyGraph(),
  nodes: beside.map((node) => ({ ...node, params: {} })),
  networks: [frame('A', 0), frame('B', 236), frame('C', 472)],
});
const frame = (id: string, y: number): Graph['networks'][number] => ({
  id,
  name: id,
  color: 'violet',
  at: [0, y],
  size: [600, 210],
  collapsed: false,
});
const tops = (graph: Graph) => graph.networks.map(({ at }) => at[1]);

test('collapsing moves what is below up, expanding gives the space back', () => {
  const graph = graphWith({ id: 'below', kind: 'adam', at: [100, 720] });
  const folded = foldNetwork(graph, 'A', true);
  const freed = 210 - COLLAPSED.height;
  expect(tops(folded)).toEqual([0, 236 - freed, 472 - freed]);
  expect(folded.nodes[0]?.at).toEqual([100, 720 - freed]);
  const both = foldNetwork(folded, 'B', true);
  expect(tops(both)).toEqual([0, 236 - freed, 472 - 2 * freed]);
  expect(foldNetwork(foldNetwork(both, 'A', false), 'B', false)).toEqual(graph);
});

test('what is beside stays, and nothing moves up onto it', () => {
  const beside = graphWith({ id: 'view', kind: 'adam', at: [700, 100] });
  expect(foldNetwork(beside, 'A', true).nodes[0]?.at).toEqual([700, 100]);
  const inTheWay = {
    ...beside,
    networks: [frame('A', 0), { ...frame('B', 236), size: [900, 210] as const }],
  };
  const folded = foldNetwork(inTheWay, 'A', true);
  expect(tops(folded)).toEqual([0, 236]);
  expect(foldNetwork(folded, 'A', false)).toEqual(inTheWay);
});
