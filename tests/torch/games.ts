import { gameDocument, gameIds } from '@/bench/games/games';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { caseGraph } from '@/lib/check/testing/graphs';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { examples, findExample } from '@/lib/examples/catalogue';
import { hasErrors } from '@/lib/graph/diagnostic';
import type { Graph, Settings } from '@/lib/graph/schema';
import { smallGames } from './small-games';

/** Games whose export is compared with PyTorch: every example, those of the bench, and one per rule of the loop. */
export interface ComparedGame {
  readonly name: string;
  readonly plan: Plan;
  /** N processes on shares of a batch equal one on the whole of it. */
  readonly isShareable: boolean;
}

type Node = Graph['nodes'][number];
type Params = NonNullable<Node['params']>;

/** Bench games come with few rows, and tanh for ReLU: a unit within rounding of its kink may fall on either side. */
const BENCH_ROWS = 16;

function graphOf(document: unknown, settings: Partial<Settings> = {}): Graph {
  const parsed = parseDocumentValue(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return { ...parsed.graph, settings: { ...parsed.graph.settings, ...settings } };
}

function planOf(graph: Graph): Plan {
  const checked = checkGraph(graph);
  if (hasErrors(checked.diagnostics)) throw new Error(JSON.stringify(checked.diagnostics, undefined, 1));
  return compilePlan(checked);
}

interface Variant {
  readonly of?: string;
  readonly settings?: Partial<Settings>;
  readonly params?: Readonly<Record<string, Params>>;
  /** Nodes with another kind, parameters left out, or another state. */
  readonly nodes?: Readonly<Record<string, Partial<Pick<Node, 'kind' | 'state'>>>>;
  readonly ema?: number;
  readonly wires?: readonly (readonly [string, string])[];
  readonly isShareable?: boolean;
}

const small = { batchSize: 32, iterations: 40 };

const sgdKinds = { 'adam-d': { kind: 'sgd' }, 'adam-g': { kind: 'sgd' } };
const withNorm = (layer: string) => ({ nodes: { ...sgdKinds, [layer]: { kind: 'batch-norm' } } });

const variants: Readonly<Record<string, Variant>> = {
  simultaneous: { settings: { update: 'simultaneous' } },
  extragradient: { settings: { update: 'extragradient' } },
  consensus: {
    settings: { update: 'consensus', consensus: { from: 0.5, to: 0.1, curve: 'linear', start: 0, end: 1 } },
    params: { 'adam-d': { learningRate: 1e-3 } },
    isShareable: true,
  },
  'per iteration': { settings: { batches: 'per-iteration' }, params: { 'adam-d': { steps: 3 } } },
  optimistic: { params: { 'adam-d': { variant: 'optimistic' }, 'adam-g': { variant: 'optimistic' } } },
  'optimistic extragradient': {
    settings: { update: 'extragradient' },
    params: { 'adam-d': { variant: 'optimistic' } },
  },
  clipped: { params: { 'adam-d': { clipWeights: 0.1, steps: 2 }, 'adam-g': { clipNorm: 0.01 } } },
  ramps: {
    params: {
      'adam-d': { learningRate: { from: 1e-3, to: 1e-4, curve: 'cosine', start: 0.1, end: 0.2 } },
      'adam-g': { learningRate: { from: 1e-3, to: 1e-4, curve: 'step', start: 0, end: 0.15 } },
      loss: { realTarget: { from: 0.9, to: 1, curve: 'linear', start: 0, end: 0.5 } },
    },
  },
  'targets that cross': {
    params: {
      loss: {
        realTarget: { from: 0.9, to: 0, curve: 'linear', start: 0, end: 0.5 },
        fakeTarget: { from: 0.1, to: 1, curve: 'linear', start: 0, end: 0.5 },
      },
    },
  },
  sgd: {
    nodes: { 'adam-d': { kind: 'sgd' }, 'adam-g': { kind: 'sgd' } },
    params: { 'adam-d': { momentum: 0.9 }, 'adam-g': { momentum: 0 } },
  },
  'rmsprop and adagrad': { nodes: { 'adam-d': { kind: 'rmsprop' }, 'adam-g': { kind: 'adagrad' } } },
  'muted player': { nodes: { 'adam-g': { state: 'muted' } } },
  'bypassed layer': { nodes: { 'g-act-2': { state: 'bypassed' } } },
  dropout: {
    nodes: { 'd-act-1': { kind: 'dropout' } },
    params: { 'd-act-1': { rate: 0.3 } },
    settings: { update: 'extragradient' },
    isShareable: true,
  },
  noise: { nodes: { 'd-act-1': { kind: 'gaussian-noise' } }, params: { 'd-act-1': { sd: 0.5 } } },
  // Plain SGD: a bias before batch norm has a gradient of 0 but for rounding, which Adam would divide by itself.
  'eval call': { params: { 'd-fake': { mode: 'eval' } }, ...withNorm('d-act-1') },
  'averaged batch norm': { ...withNorm('g-act-1'), ema: 0.9 },
  penalty: {
    of: 'mlp-2d-gp',
    nodes: sgdKinds,
    params: { 'adam-d': { learningRate: 1e-4 }, 'adam-g': { learningRate: 1e-4 } },
    isShareable: true,
  },
  'lazy penalty': {
    of: 'mlp-2d-gp',
    nodes: sgdKinds,
    params: {
      'adam-d': { learningRate: 1e-4, steps: 2 },
      'adam-g': { learningRate: 1e-4 },
      penalty: { every: 3 },
    },
  },
  unrolled: {
    params: { 'adam-g': { unroll: 3 } },
    wires: [['adam-d.look-ahead', 'adam-g.opponent']],
    isShareable: false,
  },
  'unrolled sgd': {
    nodes: { 'adam-d': { kind: 'sgd' } },
    params: { 'adam-d': { momentum: 0.5 }, 'adam-g': { unroll: 2 } },
    wires: [['adam-d.look-ahead', 'adam-g.opponent']],
  },
};

function planOfVariant(variant: Variant): Plan {
  const graph = graphOf(gameDocument(variant.of ?? 'ring'), { ...small, ...variant.settings });
  const nodes = graph.nodes.map((node): Node => {
    const change = variant.nodes?.[node.id];
    const own = change?.kind ? { order: node.params?.order } : node.params;
    const kept = change?.kind && node.params?.order === undefined ? {} : own;
    return { ...node, ...change, params: { ...kept, ...variant.params?.[node.id] } as Params };
  });
  const networks = graph.networks.map((network) =>
    variant.ema === undefined ? network : { ...network, ema: variant.ema },
  );
  const wires = [...graph.wires, ...(variant.wires ?? []).map(([from, to]): [string, string] => [from, to])];
  return planOf({ ...graph, networks, nodes, wires });
}

export const comparedExamples = (): ComparedGame[] =>
  examples.map(({ id, document }) => ({ name: id, plan: planOf(graphOf(document)), isShareable: false }));

const smooth = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => (/relu$/.test(node.kind) ? { ...node, kind: 'tanh', params: {} } : node)),
});

export const comparedBenchGames = (): ComparedGame[] =>
  gameIds
    .filter((id) => !findExample(id))
    .map((id) => ({
      name: id,
      plan: planOf(smooth(graphOf(gameDocument(id), { batchSize: BENCH_ROWS }))),
      isShareable: false,
    }));

export const comparedVariants = (): ComparedGame[] =>
  Object.entries(variants).map(([name, variant]) => ({
    name,
    plan: planOfVariant(variant),
    isShareable: variant.isShareable ?? false,
  }));

/** Documents whose export once differed (tests/cases). */
export const comparedCases = (): ComparedGame[] =>
  [
    'labels-flipped',
    'confident-sgd',
    'bce-prob-neg',
    'noise-sd0',
    'noise-ramp-to-0',
    'ramp-dropout-nonzero',
    'sn-zeros',
    'bn-bias-default-lr',
    'ema-bn',
  ].map((name) => ({
    name,
    plan: planOf(caseGraph(name)),
    isShareable: false,
  }));

export const comparedSmall = (): ComparedGame[] =>
  smallGames().map(([name, document]) => ({ name, plan: planOf(graphOf(document)), isShareable: false }));
