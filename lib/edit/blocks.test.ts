import { describe, expect, test } from 'vitest';
import { graphAt, putBack } from '@/lib/check/blocks/inside';
import { checkGraph } from '@/lib/check/check';
import { parseDocument } from '@/lib/check/parse';
import { exampleGraph, ring } from '@/lib/check/testing/graphs';
import { examples } from '@/lib/examples/catalogue';
import { formatGraph } from '@/lib/graph/parse';
import { endsOf, type Graph } from '@/lib/graph/schema';
import { makeIndependent, renameBlockPort, toggleExposedParam, toggleExposedPort } from './blocks';
import { checkedOf } from './checked-of';
import { copySelection, duplicateSelection, paste } from './clipboard';
import { blockOf, makeBlock } from './make-block';
import { setParams } from './set';
import { insertOnWire } from './splice';
import { unpackBlock } from './unpack-block';

const codes = (graph: Graph) =>
  checkGraph(graph)
    .diagnostics.map(({ code }) => code)
    .sort();
const cost = (graph: Graph) => checkGraph(graph).cost;

/** Wires by the kinds and titles of their ends: what stays while ids change. */
function outline(graph: Graph): readonly string[] {
  const { nodes, networks } = checkGraph(graph);
  const name = (end: string) => {
    const [id = '', port] = end.split('.');
    const node = nodes.get(id)?.node;
    return `${node ? `${node.kind}${node.title ?? ''}` : networks.get(id)?.network.name}.${port}`;
  };
  return checkGraph(graph)
    .graph.wires.map((wire) => endsOf(wire).map(name).join(' > '))
    .sort();
}

const layersOf = (graph: Graph, network: string) =>
  graph.nodes
    .filter((node) => node.network === network && !node.kind.startsWith('network-'))
    .map(({ id }) => id);

const made = (graph: Graph, nodes: readonly string[], networks: readonly string[] = [], name = 'Part') => {
  const edited = makeBlock(graph, { nodes, networks }, name);
  const [id = ''] = edited.ids;
  expect(id).not.toBe('');
  return { graph: edited.graph, id };
};

describe.each(examples.map(({ id }) => id))('a block changes nothing of what %s means', (id) => {
  const graph = exampleGraph(id);

  test.each(graph.networks.map((network) => [network.id]))('of the layers of %s', (network) => {
    const layers = layersOf(graph, network);
    if (layers.length === 0) return;
    const blocked = made(graph, layers);
    expect(blocked.graph.nodes).toHaveLength(graph.nodes.length - layers.length + 1);
    expect(codes(blocked.graph)).toEqual(codes(graph));
    expect(cost(blocked.graph)).toEqual(cost(graph));
    expect(outline(blocked.graph)).toEqual(outline(graph));
    const unpacked = unpackBlock(blocked.graph, blocked.id).graph;
    expect(codes(unpacked)).toEqual(codes(graph));
    expect(outline(unpacked)).toEqual(outline(graph));
    const written = parseDocument(formatGraph(blocked.graph));
    expect(written).toEqual({ ok: true, graph: blocked.graph });
  });

  test('of the whole game', () => {
    const nodes = graph.nodes.filter(({ network }) => network === undefined).map((node) => node.id);
    const networks = graph.networks.map((network) => network.id);
    const blocked = made(graph, nodes, networks);
    expect(codes(blocked.graph)).toEqual(codes(graph));
    expect(cost(blocked.graph)).toEqual(cost(graph));
    expect(outline(blocked.graph)).toEqual(outline(graph));
    expect(outline(unpackBlock(blocked.graph, blocked.id).graph)).toEqual(outline(graph));
  });
});

const layers = ['d-dense-1', 'd-act-1'];

describe('a use', () => {
  const { graph, id } = made(ring, layers, [], 'Step');

  test('has the ports of what was wired in and out, with their shapes', () => {
    const use = checkedOf(graph).nodes.get(id);
    expect(use?.inputs.map(({ name, type }) => [name, type])).toEqual([['in', 'tensor']]);
    expect(use?.outputs.map(({ name, type }) => [name, type])).toEqual([['out', 'tensor']]);
    expect(use?.outputShapes.get('out')?.dims).toEqual(
      checkedOf(ring).nodes.get('d-act-1')?.outputShapes.get('out')?.dims,
    );
    expect(use?.wiredFrom.get('in')).toHaveLength(1);
    expect(use?.parameters).toBe(checkedOf(ring).nodes.get('d-dense-1')?.parameters);
  });

  test('linked: an edit inside changes every use; made independent, its own only', () => {
    const copied = duplicateSelection(graph, { nodes: [id], networks: [] });
    if (!copied.ok) throw new Error('not copied');
    const [copy = ''] = copied.selection.nodes;
    const inside = graphAt(copied.graph, [id]);
    const edited = putBack(copied.graph, setParams(inside, 'd-dense-1', { units: 7 }));
    const units = (document: Graph, use: string) =>
      checkGraph(document).nodes.get(`${use}:d-dense-1`)?.params.units;
    expect([units(edited, id), units(edited, copy)]).toEqual([7, 7]);
    const loose = makeIndependent(copied.graph, copy);
    const changed = putBack(loose, setParams(graphAt(loose, [copy]), 'd-dense-1', { units: 9 }));
    expect([units(changed, id), units(changed, copy)]).toEqual([units(graph, id), 9]);
  });

  test('sets what is exposed for itself', () => {
    const exposed = putBack(graph, toggleExposedParam(graphAt(graph, [id]), 'd-dense-1', 'units'));
    const copied = duplicateSelection(exposed, { nodes: [id], networks: [] });
    if (!copied.ok) throw new Error('not copied');
    const set = setParams(copied.graph, id, { units: 5 });
    const units = checkGraph(set).nodes.get(`${id}:d-dense-1`)?.params.units;
    expect(units).toBe(5);
    const back = putBack(set, toggleExposedParam(graphAt(set, [id]), 'd-dense-1', 'units'));
    expect(checkGraph(back).nodes.get(`${id}:d-dense-1`)?.params.units).not.toBe(5);
  });

  test('loses the wires of a port that its block no longer has', () => {
    const end = { id: 'd-dense-1', port: 'in', side: 'input' } as const;
    const inside = graphAt(graph, [id]);
    const without = putBack(graph, toggleExposedPort(inside, end));
    expect(without.wires.filter((wire) => wire[1] === `${id}.in`)).toEqual([]);
    const again = putBack(without, toggleExposedPort(graphAt(without, [id]), end));
    expect(
      checkedOf(again)
        .nodes.get(id)
        ?.inputs.map(({ name }) => name),
    ).toEqual(['in']);
  });

  test('keeps its wires when a port of its block gets another name', () => {
    const renamed = putBack(graph, renameBlockPort(graph, 'step', 'inputs', 'in', 'features'));
    expect(codes(renamed)).toEqual(codes(ring));
    expect(checkedOf(renamed).nodes.get(id)?.wiredFrom.get('features')).toHaveLength(1);
  });

  test('keeps the points of its wires where they are on the canvas', () => {
    const led = ring.wires.map(([from, to]) =>
      from === 'd-dense-1.out' ? ([from, to, { via: [[300, 90]] }] as const) : ([from, to] as const),
    );
    const blocked = made({ ...ring, wires: led as Graph['wires'] }, layers, [], 'Led');
    const unpacked = unpackBlock(blocked.graph, blocked.id).graph;
    expect(unpacked.wires.filter(([, , route]) => route)).toEqual(led.filter(([, , route]) => route));
    expect(blocked.graph.blocks[0]?.wires[0]?.[2]).not.toEqual({ via: [[300, 90]] });
  });

  test('within a block works, and its nodes are named by the way there', () => {
    const outer = made(graph, [id, 'd-dense-2'], [], 'Outer');
    const checked = checkGraph(outer.graph);
    expect(checked.nodes.has(`${outer.id}:${id}:d-dense-1`)).toBe(true);
    expect(codes(outer.graph)).toEqual(codes(ring));
    const inside = checkedOf(graphAt(outer.graph, [outer.id]));
    expect(inside.nodes.get(id)?.wiredTo.map((reader) => reader.id)).toEqual(['d-dense-2']);
    const deepest = checkedOf(graphAt(outer.graph, [outer.id, id]));
    expect(deepest.nodes.get('d-dense-1')?.outputShapes.get('out')?.dims).toEqual(
      checkedOf(ring).nodes.get('d-dense-1')?.outputShapes.get('out')?.dims,
    );
  });

  test('is pasted into another document with its block', () => {
    const clip = copySelection(graph, { nodes: [id], networks: [] });
    const pasted = paste(ring, clip, [0, 0], 'D');
    if (!pasted.ok) throw new Error('not pasted');
    expect(pasted.graph.blocks).toEqual(graph.blocks);
    const other = { ...graph, blocks: graph.blocks.map((block) => ({ ...block, name: 'Other' })) };
    const beside = paste(other, clip, [0, 0], 'D');
    if (!beside.ok) throw new Error('not pasted');
    expect(beside.graph.blocks.map(({ name }) => name)).toEqual(['Other', 'Step']);
    const [use] = beside.selection.nodes.map((each) => beside.graph.nodes.find((node) => node.id === each));
    expect(use?.block).toBe(beside.graph.blocks[1]?.id);
  });
});

test('a CycleGAN of 105 nodes is 25 cards at the top', () => {
  let graph = exampleGraph('cyclegan');
  const deepen = (use: string, end: string) => {
    const inside = graphAt(graph, [use]);
    const index = inside.wires.findIndex(([, to]) => to === end);
    graph = putBack(graph, insertOnWire(inside, index, 'tanh').graph);
  };
  for (let i = 0; i < 13; i++) deepen('g-body', 'act-2.in');
  for (let i = 0; i < 12; i++) deepen('dx-body', 'act-2.in');
  const checked = checkGraph(graph);
  expect(checked.nodes.size).toBe(105);
  expect(checked.diagnostics).toEqual([]);
  expect(graph.nodes).toHaveLength(25);
});

describe('what is wrong with a use is said', () => {
  const { graph, id } = made(ring, layers, [], 'Step');
  const saying = (document: Graph) =>
    checkGraph(document)
      .diagnostics.map(({ message }) => message)
      .join('\n');
  const inBlock = (nodes: Graph['nodes']): Graph => ({
    ...graph,
    blocks: graph.blocks.map((block) => ({ ...block, nodes: [...block.nodes, ...nodes] })),
  });
  const use = graph.nodes.find((node) => node.id === id) as Graph['nodes'][number];

  test('its block is not there', () => {
    expect(saying({ ...graph, blocks: [] })).toMatch(/Step|step.*does not have/);
  });

  test('a block within itself', () => {
    const { network: _, ...own } = use;
    expect(saying(inBlock([own]))).toContain('within that block itself');
  });

  test('blocks that double at every level end', () => {
    const blocks = Array.from({ length: 40 }, (_, i) => ({
      ...(graph.blocks[0] as Graph['blocks'][number]),
      id: `b${i}`,
      nodes:
        i === 39
          ? []
          : [0, 1].map((n) => ({
              id: `u${n}`,
              kind: 'block',
              block: `b${i + 1}`,
              at: [0, 0] as const,
              params: {},
            })),
      wires: [],
      inputs: [],
      outputs: [],
    }));
    const start = performance.now();
    expect(saying({ ...ring, blocks, nodes: [...ring.nodes, { ...use, block: 'b0' }] })).toMatch(
      /at most 16 can be nested/,
    );
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('a wire to a port that it has not', () => {
    const wires = graph.wires.map((wire) =>
      wire[1] === `${id}.in` ? ([wire[0], `${id}.no`] as const) : wire,
    );
    expect(saying({ ...graph, wires })).toContain('has no input "no"');
  });

  test('it stands in the game', () => {
    const { network: _, ...own } = use;
    const nodes = graph.nodes.map((node) => (node.id === id ? own : node));
    expect(saying({ ...graph, nodes })).toContain('is one of layers');
  });

  test('what is inside is named by the way there, and shown at the use', () => {
    const bad = {
      ...graph,
      blocks: graph.blocks.map((block) => ({
        ...block,
        nodes: block.nodes.map((node) => ({ ...node, params: { units: 0 } })),
      })),
    };
    const found = checkedOf(bad).diagnostics.find(({ code }) => code === 'param-range');
    expect(found).toMatchObject({ node: id, at: `${id}:d-dense-1` });
    expect(found?.message).toMatch(/^Step › Dense/);
    expect(found?.fix).toBeUndefined();
    const inside = checkedOf(graphAt(bad, [id])).diagnostics.find(({ code }) => code === 'param-range');
    expect(inside).toMatchObject({ node: 'd-dense-1', fix: { node: 'd-dense-1' } });
  });
});

test('what cannot be a block says why', () => {
  expect(blockOf(ring, { nodes: [], networks: [] })).toHaveProperty('problem');
  expect(blockOf(ring, { nodes: ['d-dense-1', 'z'], networks: [] })).toHaveProperty('problem');
  expect(blockOf(ring, { nodes: [], networks: ['G'] })).toMatchObject({
    problem: expect.stringContaining('is used by'),
  });
});
