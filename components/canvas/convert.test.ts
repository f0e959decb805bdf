import { expect, test } from 'vitest';
import { makeGraph } from '@/bench/canvas/graph';
import { checkGraph } from '@/lib/check/check';
import { setParams } from '@/lib/edit/set';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { layOut } from '@/lib/layout/layout';
import { nothingShown, showNext } from '@/lib/layout/shown';
import { createConverter } from './convert';
import type { Overlay } from './flow';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;
const overlay: Overlay = {
  selection: new Set(),
  wires: new Set(),
  dragged: new Map(),
  thetaWires: true,
};

test('frames come before their nodes, and every wire is there', () => {
  const { nodes, edges } = createConverter()(ring, checkGraph(ring), overlay);
  const seen = new Set<string>();
  for (const { id, parentId } of nodes) {
    if (parentId) expect(seen).toContain(parentId);
    seen.add(id);
  }
  expect(nodes.length).toBe(ring.nodes.length + ring.networks.length);
  expect(edges.length).toBe(ring.wires.length);
});

test('the same document gives the same objects, lists included', () => {
  const convert = createConverter();
  const checked = checkGraph(ring);
  const first = convert(ring, checked, overlay);
  const second = convert(ring, checked, { ...overlay });
  expect(second.nodes).toBe(first.nodes);
  expect(second.edges).toBe(first.edges);
});

test('selecting or dragging a node makes that node’s object anew, and no other', () => {
  const convert = createConverter();
  const checked = checkGraph(ring);
  const before = convert(ring, checked, overlay).nodes;
  const dragged = new Map([['g-dense-2', { x: 1, y: 2 }]]);
  const after = convert(ring, checked, { ...overlay, dragged, selection: new Set(['g-dense-2']) }).nodes;
  const changed = after.filter((node, i) => node !== before[i]).map(({ id }) => id);
  expect(changed).toEqual(['g-dense-2']);
  // The card itself shows the same, so it need not be drawn again.
  const data = (nodes: typeof before) => nodes.find(({ id }) => id === 'g-dense-2')?.data;
  expect(data(after)).toBe(data(before));
});

test('an edited parameter makes the cards that show it anew, and no other', () => {
  const convert = createConverter();
  const before = convert(ring, checkGraph(ring), overlay).nodes;
  const edited = setParams(ring, 'g-dense-2', { units: 64 });
  const after = convert(edited, checkGraph(edited), overlay).nodes;
  const changed = after.filter((node, i) => node !== before[i]).map(({ id }) => id);
  // The frame shows the count of θ, the following activation its output's shape.
  expect(changed).toEqual(['G', 'g-dense-2', 'g-act-2']);
});

test('a collapsed network hides its nodes and their wires; its θ still leads out', () => {
  const graph = {
    ...ring,
    networks: ring.networks.map((network) => ({ ...network, collapsed: network.id === 'G' })),
  };
  const { nodes, edges } = createConverter()(graph, checkGraph(graph), overlay);
  expect(nodes.some(({ parentId }) => parentId === 'G')).toBe(false);
  expect(edges.some(({ source }) => source.startsWith('g-'))).toBe(false);
  expect(edges.some(({ source }) => source === 'G')).toBe(true);
});

test('dangling, doubled and hostile wires are no trouble', () => {
  const graph = {
    ...ring,
    wires: [...ring.wires, ring.wires[0], ['constructor.toString', 'g-out.in'], ['z.out', 'loss.nothing']],
  } as typeof ring;
  const { edges } = createConverter()(graph, checkGraph(graph), overlay);
  expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
  expect(edges.length).toBe(ring.wires.length + 1);
});

test('of a large document only what is shown is made, every wire with both its ends', () => {
  const graph = makeGraph(2_000);
  const checked = checkGraph(graph);
  const layout = layOut(graph, checked, true);
  const viewport = { x: -200, y: -1_300, zoom: 1, width: 900, height: 600 };
  let shown = nothingShown;
  do shown = showNext(shown, layout, viewport);
  while (!shown.complete);
  const { nodes, edges } = createConverter()(graph, checked, overlay, shown);
  expect(edges.length).toBe(shown.wires.size);
  expect(nodes.length).toBe(graph.networks.length + shown.nodes.size);
  const known = new Set(nodes.map(({ id }) => id));
  for (const { source, target } of edges) expect(known.has(source) && known.has(target)).toBe(true);
});
