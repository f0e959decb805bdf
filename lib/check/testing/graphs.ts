import { readFileSync } from 'node:fs';
import type { Graph, GraphNode, Network, Params, Settings, Wire } from '@/lib/graph/schema';
import { FORMAT_VERSION, graphSchema } from '@/lib/graph/schema';
import { parseDocument } from '../parse';

/** Graphs for tests, written short. */
const exampleText = (id: string): string =>
  readFileSync(new URL(`../../examples/${id}.json`, import.meta.url), 'utf8');

export const ringText = exampleText('ring');

/** An example by its id. */
export const exampleGraph = (id: string): Graph => parseText(exampleText(id));

function parseText(text: string): Graph {
  const result = parseDocument(text);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.graph;
}

export const ring = parseText(ringText);

/** A document that once went wrong (tests/cases). */
export const caseGraph = (name: string): Graph =>
  parseText(readFileSync(new URL(`../../../tests/cases/${name}.json`, import.meta.url), 'utf8'));

export interface Sketch {
  readonly networks?: readonly (Partial<Network> & { readonly id: string })[];
  readonly nodes: readonly (Partial<GraphNode> & { readonly id: string; readonly kind: string })[];
  /** `a.out > b.in` */
  readonly wires?: readonly string[];
  readonly settings?: Partial<Settings>;
}

export function sketch({ networks = [], nodes, wires = [], settings = {} }: Sketch): Graph {
  const document = {
    format: 'ganvas',
    version: FORMAT_VERSION,
    settings,
    networks: networks.map((network) => ({
      name: network.id,
      color: 'blue',
      at: [0, 0],
      size: [400, 130],
      ...network,
    })),
    nodes: nodes.map((node) => ({ at: [0, 0], ...node })),
    wires: wires.map((wire) => wire.split(' > ') as unknown as Wire),
  };
  return graphSchema.parse(document) as Graph;
}

/** The ring's graph with some nodes' parameters replaced, and wires added and taken away. */
export function ringWith(changes: {
  readonly params?: { readonly [id: string]: Params };
  readonly nodes?: Sketch['nodes'];
  readonly states?: { readonly [id: string]: GraphNode['state'] };
  readonly without?: readonly string[];
  readonly wires?: readonly string[];
  readonly unwire?: readonly string[];
  readonly settings?: Partial<Settings>;
  readonly networks?: (networks: Graph['networks']) => readonly Network[];
}): Graph {
  const {
    params = {},
    nodes = [],
    states = {},
    without = [],
    wires = [],
    unwire = [],
    settings,
    networks,
  } = changes;
  return {
    ...ring,
    settings: { ...ring.settings, ...settings },
    networks: networks?.(ring.networks) ?? ring.networks,
    nodes: [
      ...ring.nodes
        .filter(({ id }) => !without.includes(id))
        .map((node): GraphNode => {
          const state = states[node.id];
          const own = { ...node, params: { ...node.params, ...params[node.id] } };
          return state ? { ...own, state } : own;
        }),
      ...sketch({ nodes }).nodes,
    ],
    wires: [
      ...ring.wires.filter((wire) => !unwire.includes(wire.join(' > '))),
      ...wires.map((wire) => wire.split(' > ') as unknown as Wire),
    ],
  };
}

/** A game of about so many nodes: deep networks, each called many times and chained. */
export function largeGraph(nodes: number): Graph {
  const networks = 10;
  const layers = Math.floor((nodes * 0.6) / networks / 2) - 1;
  const calls = Math.floor((nodes * 0.38) / networks);
  const all: Sketch['nodes'][number][] = [
    { id: 'z', kind: 'latent', params: { shape: [8] } },
    { id: 'see', kind: 'view-values' },
  ];
  const wires: string[] = [];
  let last = 'z.out';
  for (let n = 0; n < networks; n++) {
    let inner = `n${n}-in.out`;
    all.push({ id: `n${n}-in`, kind: 'network-input', network: `n${n}` });
    for (let l = 0; l < layers; l++) {
      all.push({ id: `n${n}-d${l}`, kind: 'dense', network: `n${n}`, params: { units: 8 } });
      all.push({ id: `n${n}-a${l}`, kind: 'relu', network: `n${n}` });
      wires.push(`${inner} > n${n}-d${l}.in`, `n${n}-d${l}.out > n${n}-a${l}.in`);
      inner = `n${n}-a${l}.out`;
    }
    all.push({ id: `n${n}-out`, kind: 'network-output', network: `n${n}` });
    wires.push(`${inner} > n${n}-out.in`);
    for (let c = 0; c < calls; c++) {
      all.push({ id: `n${n}-c${c}`, kind: 'call', params: { network: `n${n}` } });
      wires.push(`${last} > n${n}-c${c}.x`);
      last = `n${n}-c${c}.out`;
    }
  }
  wires.push(`${last} > see.in`);
  return sketch({
    networks: Array.from({ length: networks }, (_, n) => ({ id: `n${n}` })),
    nodes: all,
    wires,
  });
}
