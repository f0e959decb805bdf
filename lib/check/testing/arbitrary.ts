import fc from 'fast-check';
import type { Graph, GraphNode, Wire } from '@/lib/graph/schema';
import { registry } from '@/lib/nodes/registry';
import { ring } from './graphs';

/** Graphs that the schema accepts and nobody would draw: the ring after random damage. */
const kinds = [...registry.map(({ kind }) => kind as string), 'quantum'];
const ids = [...ring.networks.map(({ id }) => id), ...ring.nodes.map(({ id }) => id), 'ghost'];
const ports = [
  'in',
  'out',
  'x',
  'z',
  'score',
  'real',
  'fake',
  'loss',
  'theta',
  'd',
  'g',
  'samples',
  'labels',
];
const paramNames = [
  'units',
  'network',
  'name',
  'shape',
  'dataset',
  'weights',
  'steps',
  'order',
  'source',
  'options',
];

const index = fc.nat(1_000);
const end = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ports)).map((parts) => parts.join('.'));
const value = fc.oneof(
  fc.integer({ min: -5, max: 300 }),
  fc.constantFrom('G', 'D', 'data', 'x', 'z', 'score', 'ghost', 'ema', '', 'ring', 'glyphs', 'gaussian'),
  fc.constantFrom<readonly unknown[]>([2], [4, 4, 1], [], [[2]]),
  fc.constant(null),
  fc.boolean(),
  fc.constant({ from: 1, to: 5 }),
);

type Damage = (graph: Graph) => Graph;
const at = <T>(items: readonly T[], i: number): number => (items.length === 0 ? -1 : i % items.length);

const changeNode =
  (i: number, change: (node: GraphNode) => GraphNode): Damage =>
  (graph) => {
    const found = at(graph.nodes, i);
    return found < 0
      ? graph
      : { ...graph, nodes: graph.nodes.with(found, change(graph.nodes[found] as GraphNode)) };
  };

export const damage: fc.Arbitrary<Damage> = fc.oneof(
  index.map(
    (i): Damage =>
      (graph) => ({ ...graph, wires: graph.wires.toSpliced(at(graph.wires, i), 1) }),
  ),
  fc.tuple(end, end).map(
    ([from, to]): Damage =>
      (graph) => ({ ...graph, wires: [...graph.wires, [from, to]] }),
  ),
  fc.tuple(index, end).map(
    ([i, to]): Damage =>
      (graph) => {
        const found = at(graph.wires, i);
        return found < 0
          ? graph
          : { ...graph, wires: graph.wires.with(found, [(graph.wires[found] as Wire)[0], to]) };
      },
  ),
  index.map(
    (i): Damage =>
      (graph) => ({ ...graph, nodes: graph.nodes.toSpliced(at(graph.nodes, i), 1) }),
  ),
  index.map(
    (i): Damage =>
      (graph) => ({ ...graph, networks: graph.networks.toSpliced(at(graph.networks, i), 1) }),
  ),
  fc.tuple(index, fc.constantFrom(...kinds)).map(([i, kind]) => changeNode(i, (node) => ({ ...node, kind }))),
  fc
    .tuple(index, fc.constantFrom(...paramNames), value)
    .map(([i, name, to]) =>
      changeNode(i, (node) => ({ ...node, params: { ...node.params, [name]: to as never } })),
    ),
  fc
    .tuple(index, fc.constantFrom('bypassed' as const, 'muted' as const))
    .map(([i, state]) => changeNode(i, (node) => ({ ...node, state }))),
  fc
    .tuple(index, fc.constantFrom('G', 'D', 'ghost'))
    .map(([i, network]) => changeNode(i, (node) => ({ ...node, network }))),
  fc.constantFrom('simultaneous' as const, 'extragradient' as const).map(
    (update): Damage =>
      (graph) => ({ ...graph, settings: { ...graph.settings, update } }),
  ),
  fc.nat(9).map(
    (batchSize): Damage =>
      (graph) => ({ ...graph, settings: { ...graph.settings, batchSize: batchSize + 1 } }),
  ),
);

export const damagedRing = (most: number): fc.Arbitrary<Graph> =>
  fc.array(damage, { maxLength: most }).map((steps) => steps.reduce((graph, step) => step(graph), ring));
