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
