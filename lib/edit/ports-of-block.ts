import { type Block, emptyGraph, type Graph, type GraphNode, type Network, USE } from '@/lib/graph/schema';
import type { InputPort, OutputPort } from '@/lib/nodes/define';
import { checkedOf } from './checked-of';

interface Ports {
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
}

const known = new WeakMap<Block, Ports>();

/** The ports that a use of a block would have, worked out on a use that stands alone. */
export function portsOfBlock(blocks: readonly Block[], block: Block): Ports {
  const found = known.get(block);
  if (found) return found;
  const frame: Network = {
    id: 'N',
    name: 'N',
    color: 'slate',
    at: [0, 0],
    size: [400, 300],
    collapsed: false,
  };
  const isOfLayers = block.place === 'network';
  const use: GraphNode = {
    id: 'use',
    kind: USE,
    block: block.id,
    ...(isOfLayers && { network: frame.id }),
    at: [0, 0],
    params: {},
  };
  const alone: Graph = { ...emptyGraph(), blocks, networks: isOfLayers ? [frame] : [], nodes: [use] };
  const ports = checkedOf(alone).nodes.get(use.id) ?? { inputs: [], outputs: [] };
  known.set(block, ports);
  return ports;
}
