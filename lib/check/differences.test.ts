import { expect, test } from 'vitest';
import type { Graph } from '@/lib/graph/schema';
import { loadExample } from '@/lib/train/testing/train';
import { checkGraph } from './check';
import { findDifferences } from './differences';

const graph = loadExample('gan-lab');
const linesOf = (change: (graph: Graph) => Graph) =>
  findDifferences(checkGraph(graph), checkGraph(change(graph))).map(({ what, values }) =>
    values ? `${what} ${values.join(' → ')}` : what,
  );
const withNode = (id: string, fields: object) => (graph: Graph) => ({
  ...graph,
  nodes: graph.nodes.map((node) => (node.id === id ? { ...node, ...fields } : node)),
});

test('a graph does not differ from itself, nor by what people alone read', () => {
  expect(linesOf((same) => same)).toEqual([]);
  expect(linesOf((same) => ({ ...same, title: 'Another', about: '' }))).toEqual([]);
  expect(linesOf(withNode('z', { at: [1, 2], title: 'noise' }))).toEqual([]);
});

test('settings and parameters, with both values', () => {
  expect(linesOf((same) => ({ ...same, settings: { ...same.settings, batchSize: 8 } }))).toEqual([
    'Batch size 150 → 8',
  ]);
  expect(linesOf(withNode('sgd-g', { params: { learningRate: 0.05, order: 1 } }))).toEqual([
    'SGD for G: Learning rate 0.03 → 0.05',
  ]);
  const ramp = { from: 0.03, to: 0.001, curve: 'linear' };
  expect(linesOf(withNode('sgd-g', { params: { learningRate: ramp, order: 1 } }))).toEqual([
    'SGD for G: Learning rate 0.03 → from 0.03 to 0.001',
  ]);
});

test('nodes that came and went, other kinds, other states, and wires', () => {
  const without = (graph: Graph) => ({
    ...graph,
    nodes: graph.nodes.filter(({ id }) => id !== 'distance'),
    wires: graph.wires.filter((wire) => !wire.some((end) => String(end).startsWith('distance.'))),
  });
  expect(linesOf(without)).toEqual(['Removed: Wasserstein distance']);
  expect(linesOf(withNode('g-act-1', { kind: 'tanh' }))).toEqual(['Tanh in Generator: kind ReLU → Tanh']);
  expect(linesOf(withNode('g-act-1', { state: 'bypassed' }))).toEqual([
    'ReLU in Generator: state none → bypassed',
  ]);
  const unwired = (graph: Graph) => ({ ...graph, wires: graph.wires.slice(1) });
  expect(linesOf(unwired)).toEqual(['Removed: 1 wire between what both have']);
});

test('nodes of equal names are numbered, as everywhere else', () => {
  const dense = graph.nodes.filter(({ kind, network }) => kind === 'dense' && network === 'D');
  expect(dense.length).toBeGreaterThan(1);
  const [first, second] = dense;
  const units = (id = '') =>
    linesOf(withNode(id, { params: { units: 3 } })).filter((line) => /Units/.test(line));
  expect(units(first?.id)).toEqual([expect.stringMatching(/^Dense in Discriminator: Units/)]);
  expect(units(second?.id)).toEqual([expect.stringMatching(/^Dense in Discriminator \(2\): Units/)]);
});
