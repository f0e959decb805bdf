import { type Block, type Graph, isPortName, joinEndpoint, limits } from '@/lib/graph/schema';
import { freshName, takeFreshId } from './edited';

/** Edits of blocks: their names, what they expose, copies of their own for single uses. */

/** Gives a use a block of its own, so that edits of it change no other use. */
export function makeIndependent(graph: Graph, id: string): Graph {
  const index = graph.nodes.findIndex((node) => node.id === id);
  const use = graph.nodes[index];
  const block = graph.blocks.find((each) => each.id === use?.block);
  if (!use || !block || graph.blocks.length >= limits.blocks) return graph;
  const fresh = takeFreshId(new Set(graph.blocks.map((each) => each.id)), block.id);
  const number = /(\d+)$/.exec(fresh)?.[1] ?? '2';
  const name = `${block.name.replace(/ \d+$/, '')} ${number}`.slice(0, limits.title);
  return {
    ...graph,
    blocks: [...graph.blocks, { ...block, id: fresh, name }],
    nodes: graph.nodes.with(index, { ...use, block: fresh }),
  };
}

const changeBlock = (graph: Graph, id: string, change: (block: Block) => Block): Graph => {
  const index = graph.blocks.findIndex((block) => block.id === id);
  const block = graph.blocks[index];
  if (!block) return graph;
  const changed = change(block);
  return changed === block ? graph : { ...graph, blocks: graph.blocks.with(index, changed) };
};

export const renameBlock = (graph: Graph, id: string, name: string): Graph =>
  changeBlock(graph, id, (block) =>
    name.trim() && name !== block.name ? { ...block, name: name.slice(0, limits.title) } : block,
  );

/** Another name for a port of a block; wires follow when the graph is put back into its document. */
export function renameBlockPort(
  graph: Graph,
  id: string,
  side: 'inputs' | 'outputs',
  from: string,
  to: string,
): Graph {
  const block = graph.blocks.find((each) => each.id === id);
  if (!block || !isPortName(to) || block[side].some(({ name }) => name === to)) return graph;
  const renamed = <T extends { readonly name: string }>(ports: readonly T[]): readonly T[] =>
    ports.map((port) => (port.name === from ? { ...port, name: to } : port));
  return changeBlock(graph, id, (each) =>
    side === 'inputs'
      ? { ...each, inputs: renamed(each.inputs) }
      : { ...each, outputs: renamed(each.outputs) },
  );
}

/** How often a block is used, in the document and in other blocks. */
export const countUses = (graph: Graph, id: string): number =>
  [graph, ...graph.blocks].reduce(
    (sum, { nodes }) => sum + nodes.filter(({ block }) => block === id).length,
    0,
  );

/** Removes a block that nothing uses; not from within one, where not all uses are known. */
export const removeBlock = (graph: Graph, id: string): Graph =>
  countUses(graph, id) > 0 || graph.inside !== undefined
    ? graph
    : { ...graph, blocks: graph.blocks.filter((block) => block.id !== id) };

/** Makes a parameter of a node inside a field of every use; or no longer. */
export function toggleExposedParam(graph: Graph, node: string, param: string): Graph {
  const end = joinEndpoint(node, param);
  if (graph.inside === undefined || !isPortName(param)) return graph;
  return changeBlock(graph, graph.inside, (block) => {
    const without = block.params
      .map((each) => ({ ...each, to: each.to.filter((each) => each !== end) }))
      .filter(({ to }) => to.length > 0);
    if (without.length < block.params.length || block.params.some(({ to }) => to.includes(end)))
      return { ...block, params: without };
    if (block.params.length >= limits.blockPorts) return block;
    const name = freshName(new Set(block.params.map((each) => each.name)), param);
    return { ...block, params: [...block.params, { name, to: [end] }] };
  });
}

/** Makes a port of a node inside a port of every use; or no longer. */
export function toggleExposedPort(
  graph: Graph,
  { id, port, side }: { readonly id: string; readonly port: string; readonly side: 'input' | 'output' },
): Graph {
  const end = joinEndpoint(id, port);
  if (graph.inside === undefined) return graph;
  return changeBlock(graph, graph.inside, (block) => {
    const ports: readonly { readonly name: string }[] = side === 'input' ? block.inputs : block.outputs;
    const name = freshName(new Set(ports.map((each) => each.name)), port);
    if (side === 'output') {
      const outputs = block.outputs.filter(({ from }) => from !== end);
      if (outputs.length < block.outputs.length) return { ...block, outputs };
      return outputs.length < limits.blockPorts
        ? { ...block, outputs: [...outputs, { name, from: end }] }
        : block;
    }
    const inputs = block.inputs
      .map((each) => ({ ...each, to: each.to.filter((inner) => inner !== end) }))
      .filter(({ to }) => to.length > 0);
    if (block.inputs.some(({ to }) => to.includes(end))) return { ...block, inputs };
    return inputs.length < limits.blockPorts ? { ...block, inputs: [...inputs, { name, to: [end] }] } : block;
  });
}
