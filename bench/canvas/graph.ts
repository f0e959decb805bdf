import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGraph } from '@/lib/graph/parse';
import type { Graph, GraphNode, Network, Wire } from '@/lib/graph/schema';

/**
 * A document of a given size that trains: the ring of eight Gaussians, and beside it networks of a hundred layers
 * in chains (a wire each) and a field of calls with two inputs (two wires each): 1.5 wires per node.
 */
const LAYERS = 100;
const COLUMNS = 25;
const CALLS_SHARE = 0.53;

const parsed = parseGraph(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../lib/examples/ring.json'), 'utf8')),
);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring: Graph = parsed.graph;

export function makeGraph(nodes: number): Graph {
  const free = nodes - ring.nodes.length - PAIR.length;
  const calls = Math.round(free * CALLS_SHARE);
  const layers = makeLayers(free - calls);
  const field = makeCalls(calls, Math.ceil(layers.networks.length / 2) * 400 + 1_200);
  return {
    ...ring,
    title: `${nodes} nodes`,
    networks: [...ring.networks, pairNetwork, ...layers.networks],
    nodes: [...ring.nodes, ...PAIR, ...layers.nodes, ...field.nodes],
    wires: [...ring.wires, ...pairWires, ...layers.wires, ...field.wires],
  };
}

const pairNetwork: Network = {
  id: 'pair',
  name: 'Pair',
  color: 'teal',
  at: [1_400, 0],
  size: [400, 200],
  collapsed: false,
};
const PAIR: readonly GraphNode[] = ['a', 'b'].flatMap((side, i): GraphNode[] => [
  { ...member(`${side}-in`, i, 0), kind: 'network-input', params: { name: side, shape: [2] } },
  { ...member(`${side}-act`, i, 1), kind: 'relu', params: {} },
  { ...member(`${side}-out`, i, 2), kind: 'network-output', params: { name: side } },
]);
const pairWires: readonly Wire[] = ['a', 'b'].flatMap((side): Wire[] => [
  [`${side}-in.out`, `${side}-act.in`],
  [`${side}-act.out`, `${side}-out.in`],
]);

function member(id: string, row: number, column: number) {
  return { id, network: 'pair', at: [20 + 120 * column, 50 + 70 * row] as const };
}

/** Chains of layers, a hundred to a network, two networks side by side. */
function makeLayers(count: number) {
  const networks: Network[] = [];
  const nodes: GraphNode[] = [];
  const wires: Wire[] = [];
  for (let i = 0; i < count; i++) {
    const n = Math.floor(i / LAYERS);
    const k = i % LAYERS;
    const network = `n${n}`;
    if (k === 0)
      networks.push({
        id: network,
        name: `Network ${n}`,
        color: n % 2 ? 'rose' : 'blue',
        at: [3_200 * (n % 2), 1_100 + 400 * Math.floor(n / 2)],
        size: [3_040, 340],
        collapsed: false,
      });
    const at = [20 + 120 * (k % COLUMNS), 50 + 70 * Math.floor(k / COLUMNS)] as const;
    const what: Pick<GraphNode, 'kind' | 'params'> =
      k === 0
        ? { kind: 'network-input', params: { name: 'x', shape: [4] } }
        : k % 2
          ? { kind: 'dense', params: { units: 4 } }
          : { kind: 'relu', params: {} };
    nodes.push({ id: `${network}-${k}`, network, at, ...what });
    if (k > 0) wires.push([`${network}-${k - 1}.out`, `${network}-${k}.in`]);
  }
  return { networks, nodes, wires };
}

/** Rows of calls of one network, each fed by the one before it. */
function makeCalls(count: number, top: number) {
  const nodes: GraphNode[] = [];
  const wires: Wire[] = [];
  for (let i = 0; i < count; i++) {
    const column = i % (2 * COLUMNS);
    const at = [130 * column, top + 90 * Math.floor(i / (2 * COLUMNS))] as const;
    nodes.push({ id: `c${i}`, kind: 'call', at, params: { network: 'pair' } });
    if (column > 0) wires.push([`c${i - 1}.a`, `c${i}.a`], [`c${i - 1}.b`, `c${i}.b`]);
  }
  return { nodes, wires };
}
