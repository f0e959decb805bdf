import type { Graph } from '@/lib/graph/schema';

/**
 * The graph with other wires into some inputs, `input: output`, and further nodes to take them from. All wires
 * into such an input go.
 */
export const rewired = (
  graph: Graph,
  inputs: Readonly<Record<string, string>>,
  ...nodes: Graph['nodes']
): Graph => ({
  ...graph,
  nodes: [...graph.nodes, ...nodes],
  wires: [
    ...graph.wires.filter(([, to]) => !Object.hasOwn(inputs, to)),
    ...Object.entries(inputs).map(([to, from]) => [from, to] as const),
  ],
});

/** The graph with zeros, so many for each example, in the place of what some inputs are fed. */
export const withheld = (graph: Graph, size: number, ...inputs: readonly string[]): Graph =>
  rewired(graph, Object.fromEntries(inputs.map((input) => [input, 'nothing.out'])), {
    id: 'nothing',
    kind: 'constant',
    at: [0, 0],
    params: { shape: [size], value: 0 },
  });

/** The graph with nodes muted: players that do not move. */
export const muted = (graph: Graph, ...ids: readonly string[]): Graph =>
  replaced(graph, Object.fromEntries(ids.map((id) => [id, { state: 'muted' }])));

/** The graph, or a block, with other nodes in the places of some; wires stay. */
export const replaced = <T extends Pick<Graph, 'nodes'>>(
  graph: T,
  changes: Readonly<Record<string, Partial<Pick<Graph['nodes'][number], 'kind' | 'params' | 'state'>>>>,
): T => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({ ...node, ...changes[node.id] })),
});

/** The graph in which G's player minimises the squared error between two outputs, and D's does not move. */
export const squaredErrorOnly = (graph: Graph, made: string, wanted: string): Graph =>
  rewired(
    muted(graph, 'adam-d'),
    { 'mse.a': made, 'mse.b': wanted, 'adam-g.loss': 'mse.out' },
    { id: 'mse', kind: 'mean-squared-error', at: [0, 0], params: {} },
  );
