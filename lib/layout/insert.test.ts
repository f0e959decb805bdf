import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { boxOf, overlaps } from './boxes';
import { insertAfter, insertForBoth, insertIntoWire, insertNode } from './insert';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring: Graph = parsed.graph;
const frameOf = (id: string) => ring.networks.find((network) => network.id === id)?.at ?? [0, 0];
const last = (graph: Graph) => graph.nodes[graph.nodes.length - 1];

test('a layer inserted over a frame goes into its network, at the same place on the canvas', () => {
  const { graph } = insertNode(ring, { kind: 'dense', at: [500, frameOf('G')[1] + 100] });
  expect(last(graph)).toMatchObject({ kind: 'dense', network: 'G', at: [500, 100] });
});

test('a loss inserted over a frame stays in the game', () => {
  const { graph } = insertNode(ring, { kind: 'loss-minimax', at: [500, frameOf('G')[1] + 100] });
  expect(last(graph)?.network).toBeUndefined();
});

test('a node inserted from a port is wired to it, in its frame', () => {
  const from = { id: 'g-dense-1', port: 'out', side: 'output' } as const;
  const { graph, ids } = insertNode(ring, { kind: 'tanh', at: [5000, 5000], from });
  expect(last(graph)?.network).toBe('G');
  expect(graph.wires).toContainEqual(['g-dense-1.out', `${ids[0]}.in`]);
});

test('inserted from an input, the wire leads into that input and replaces what was there', () => {
  const from = { id: 'g-dense-2', port: 'in', side: 'input' } as const;
  const { graph, ids } = insertNode(ring, { kind: 'tanh', at: [0, 0], from });
  expect(graph.wires.filter(([, to]) => to === 'g-dense-2.in')).toEqual([[`${ids[0]}.out`, 'g-dense-2.in']]);
});

test('a node inserted after a selected layer goes into its wire, and the rest of the row makes room', () => {
  const { graph, ids } = insertAfter(ring, 'g-dense-4', { kind: 'tanh', at: [0, 0] });
  expect(graph.wires).toContainEqual(['g-dense-4.out', `${ids[0]}.in`]);
  expect(graph.wires).toContainEqual([`${ids[0]}.out`, 'g-out.in']);
  const checked = checkGraph(graph);
  const boxes = graph.nodes.filter(({ network }) => network === 'G').map(({ id }) => boxOf(checked, id));
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) expect(a && b && overlaps(a, b)).toBe(false);
  });
  const [before, own, behind] = ['g-dense-4', ids[0] ?? '', 'g-out'].map((id) => boxOf(checked, id)?.x ?? 0);
  expect([before, own, behind]).toEqual([before, own, behind].sort((a, b) => Number(a) - Number(b)));
  const frame = boxOf(checked, 'G');
  for (const box of boxes) expect(box && frame && box.x + box.width <= frame.x + frame.width).toBe(true);
});

test('a node inserted after one with a free output stands to its right, wired to it', () => {
  const first = insertNode(ring, { kind: 'dense', at: [500, frameOf('G')[1] + 100] });
  const chained = insertAfter(first.graph, first.ids[0], { kind: 'tanh', at: [0, 0] });
  expect(chained.graph.wires).toContainEqual([`${first.ids[0]}.out`, `${chained.ids[0]}.in`]);
  expect(last(chained.graph)?.at[0]).toBeGreaterThan(500);
});

test('without a selection a node hides no other', () => {
  const { graph, ids } = insertAfter(ring, undefined, { kind: 'latent', at: [10, 10] });
  const checked = checkGraph(graph);
  const own = boxOf(checked, ids[0] ?? '');
  for (const node of ring.nodes) {
    const box = boxOf(checked, node.id);
    expect(own && box && overlaps(own, box)).toBe(false);
  }
});

test('put into a wire of the game over a frame, a node stands in the game, and its wires cross no frame', () => {
  const { graph, ids } = insertNode(ring, { kind: 'tanh', at: [500, frameOf('G')[1] + 100] });
  const id = ids[0] ?? '';
  expect(last(graph)?.network).toBe('G');
  const wire = graph.wires.findIndex(([from]) => from === 'd-fake.score');
  const spliced = insertIntoWire(graph, wire, id);
  expect(spliced.wires).toContainEqual(['d-fake.score', `${id}.in`]);
  expect(last(spliced)?.network).toBeUndefined();
  expect(checkGraph(spliced).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a layer inserted with a network selected goes before its output', () => {
  const before = ring.wires.find(([, to]) => to === 'g-out.in')?.[0];
  const { graph, ids } = insertAfter(ring, 'G', { kind: 'tanh', at: [0, 0] });
  expect(graph.wires).toContainEqual([before, `${ids[0]}.in`]);
  expect(graph.wires).toContainEqual([`${ids[0]}.out`, 'g-out.in']);
});

test('an optimizer for both players is one for each cost, with its own θ', () => {
  const bare: Graph = { ...ring, wires: ring.wires.filter(([, to]) => !to.startsWith('adam-')) };
  const from = { id: 'loss', port: 'g', side: 'output' } as const;
  const { graph, ids } = insertForBoth(bare, { kind: 'sgd', at: [900, 0], from });
  const [first, second] = ids;
  for (const wire of [
    ['loss.d', `${first}.loss`],
    ['D.theta', `${first}.theta`],
    ['loss.g', `${second}.loss`],
    ['G.theta', `${second}.theta`],
  ])
    expect(graph.wires).toContainEqual(wire);
});
