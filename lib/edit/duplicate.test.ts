import { expect, test } from 'vitest';
import { ring } from '@/lib/check/testing/graphs';
import type { Graph, Wire } from '@/lib/graph/schema';
import { duplicateSelection } from './clipboard';
import { makeNetworkAround } from './make-network';
import { setParams } from './set';

test('a copy stands as far from the original as it was dragged, in its frame', () => {
  const copied = duplicateSelection(ring, { nodes: ['g-act-1'], networks: [] }, [10, 130]);
  if (!copied.ok) throw new Error('not copied');
  const [id = ''] = copied.selection.nodes;
  const find = (graph: typeof ring, name: string) => graph.nodes.find((node) => node.id === name);
  const before = find(ring, 'g-act-1');
  expect(find(copied.graph, 'g-act-1')).toEqual(before);
  expect(find(copied.graph, id)).toMatchObject({
    network: 'G',
    at: [(before?.at[0] ?? 0) + 10, (before?.at[1] ?? 0) + 130],
  });
});

test('the points of wires go along: into a copy, into a new network, under another name of a port', () => {
  const led = (from: string): Graph => {
    const index = ring.wires.findIndex((wire) => wire[0] === from);
    const [start, end] = ring.wires[index] as Wire;
    return { ...ring, wires: ring.wires.with(index, [start, end, { via: [[300, 90]] }]) };
  };
  const pointsIn = (graph: Graph) => graph.wires.flatMap((wire) => wire[2]?.via ?? []);

  const game = duplicateSelection(led('z.out'), { nodes: ['z', 'fake'], networks: [] }, [10, 130]);
  expect(game.ok && pointsIn(game.graph)).toEqual([
    [300, 90],
    [310, 220],
  ]);
  const framed = duplicateSelection(led('g-dense-1.out'), { nodes: [], networks: ['G'] }, [10, 130]);
  expect(framed.ok && pointsIn(framed.graph)).toEqual([
    [300, 90],
    [300, 90],
  ]);

  const loose: Graph = {
    ...led('g-dense-1.out'),
    nodes: ring.nodes.map((node) => (node.network === 'G' ? { ...node, network: undefined as never } : node)),
  };
  const plain = JSON.parse(JSON.stringify(loose)) as Graph;
  const made = makeNetworkAround(plain, ['g-dense-1', 'g-act-1'], 'New');
  const frame = made.graph.networks.find(({ id }) => id === made.ids[0]);
  expect(pointsIn(made.graph)).toEqual([[300 - (frame?.at[0] ?? 0), 90 - (frame?.at[1] ?? 0)]]);

  expect(pointsIn(setParams(led('z.out'), 'g-in', { name: 'code' }))).toEqual([[300, 90]]);
});
