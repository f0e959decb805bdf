import { expect, test } from 'vitest';
import { makeGraph } from '@/bench/canvas/graph';
import { checkGraph } from '@/lib/check/check';
import { setParams } from '@/lib/edit/set';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { layOut } from '@/lib/layout/layout';
import { nothingShown, showNext } from '@/lib/layout/shown';
import { createConverter } from './convert';
import type { FlowNode, Overlay } from './flow';

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

test('a network shows the rate of the player that has its θ', () => {
  const { nodes } = createConverter()(ring, checkGraph(ring), overlay);
  const rateOf = (id: string) => {
    const frame = nodes.find((node) => node.id === id);
    return frame?.type === 'frame' ? frame.data.rate : 'no frame';
  };
  expect(rateOf('G')).toMatchObject({ from: 1e-3, to: 1e-5, curve: 'linear' });
  const unwired = { ...ring, wires: ring.wires.filter(([from]) => from !== 'D.theta') };
  const frame = createConverter()(unwired, checkGraph(unwired), overlay).nodes.find(({ id }) => id === 'D');
  expect(frame?.type === 'frame' && frame.data.rate).toBe(undefined);
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

const portsOf = (nodes: readonly FlowNode[], id: string) => {
  const node = nodes.find((candidate) => candidate.id === id);
  return node?.type === 'card' ? node.data.ports.map(({ name, side }) => `${name} ${side}`) : [];
};

test('an optimizer shows loss and θ; opponent and look-ahead only where they are used or looked for', () => {
  const show = (graph: typeof ring, drawn?: Overlay['drawn']) =>
    portsOf(createConverter()(graph, checkGraph(graph), { ...overlay, drawn }).nodes, 'adam-g');
  const shown = ['loss left', 'theta right'];
  expect(show(ring)).toEqual(shown);
  expect(show(ring, { type: 'tensor', to: 'input' })).toEqual(shown);
  expect(show(ring, { type: 'player', to: 'output' })).toEqual([...shown, 'look-ahead right']);
  const withOpponent = ['loss left', 'opponent left', 'theta right'];
  expect(show(ring, { type: 'player', to: 'input' })).toEqual(withOpponent);
  expect(show(setParams(ring, 'adam-g', { unroll: 2 }))).toEqual(withOpponent);
  const played = { ...ring, wires: [...ring.wires, ['adam-d.look-ahead', 'adam-g.opponent'] as const] };
  expect(show(played)).toEqual(withOpponent);
});

test('θ enters on the side that its wire comes from', () => {
  const sideFrom = (x: number) => {
    const graph = {
      ...ring,
      networks: ring.networks.map((network) => ({ ...network, at: [x, 600] as const })),
    };
    return portsOf(createConverter()(graph, checkGraph(graph), overlay).nodes, 'adam-g');
  };
  expect(sideFrom(-2_000)).toContain('theta left');
  expect(sideFrom(2_000)).toContain('theta right');
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
