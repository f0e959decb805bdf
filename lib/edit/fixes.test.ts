import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { caseGraph, ringWith, sketch } from '@/lib/check/testing/graphs';
import { examples } from '@/lib/examples/catalogue';
import { type Diagnostic, type Fix, hasErrors } from '@/lib/graph/diagnostic';
import type { Graph, GraphNode, Params } from '@/lib/graph/schema';
import { applyFix } from './apply-fix';

/** What one diagnostic asks for, no other forbids; and what a fix promises, it does. */
const cases = [
  'bce-prob-neg',
  'bn-batch1-train',
  'confident-sgd',
  'labels-flipped',
  'probe-weighted-modes',
  'ramp-clipnorm',
  'real-fake-swapped',
  'softmax-of-one',
  'tanh-as-logits',
];

const sameGraph = (a: Graph, b: Graph): boolean => {
  // Wires in another order, and a parameter that is its default, make no other game.
  const essence = ({ nodes, wires, networks }: Graph) =>
    JSON.stringify([nodes, networks, wires.map((wire) => wire.join(' > ')).sort()]);
  return essence(a) === essence(b);
};

const keyOf = ({ code, node, port, message }: Diagnostic) => [code, node, port, message].join(' | ');
const fixesOf = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.flatMap(({ fix, code, node }) => (fix ? [{ fix, code, node }] : []));

/** Parameters that two fixes would set to different values. */
function findQuarrels(fixes: readonly Fix[]): readonly string[] {
  const wanted = new Map<string, string>();
  return fixes.flatMap((fix) => {
    if (fix.type !== 'set-params') return [];
    return Object.entries(fix.params).flatMap(([name, value]) => {
      const key = `${fix.node}.${name}`;
      const text = JSON.stringify(value);
      const other = wanted.get(key);
      wanted.set(key, text);
      return other !== undefined && other !== text ? [`${key}: ${other} and ${text}`] : [];
    });
  });
}

/** What is wrong with the fixes that a graph is offered. */
function findFaults(graph: Graph): readonly string[] {
  const { diagnostics } = checkGraph(graph);
  const fixes = fixesOf(diagnostics);
  const faults = findQuarrels(fixes.map(({ fix }) => fix)).map((quarrel) => `quarrel: ${quarrel}`);
  const known = new Set(diagnostics.map(keyOf));
  for (const { fix, code, node } of fixes) {
    const after = applyFix(graph, fix);
    const said = checkGraph(after).diagnostics;
    const at = `${code} of ${node}, “${fix.label}”`;
    if (sameGraph(after, graph)) faults.push(`${at} changes nothing`);
    if (!hasErrors(diagnostics) && hasErrors(said))
      faults.push(`${at} leads to ${said.find(({ severity }) => severity === 'error')?.message}`);
    for (const next of said)
      if (next.fix && !known.has(keyOf(next)) && sameGraph(applyFix(after, next.fix), graph))
        faults.push(`${at} is undone by “${next.fix.label}”`);
  }
  return faults;
}

describe('no two advices contradict', () => {
  it.each(examples.map(({ id, document }) => [id, document] as const))('%s', (_, document) => {
    expect(findFaults(graphOf(document))).toEqual([]);
  });

  it.each(cases)('%s', (name) => {
    expect(findFaults(caseGraph(name))).toEqual([]);
  });

  it('and none in rings of any loss, end, clip, batch and wiring', () => {
    fc.assert(
      fc.property(changes, (change) => {
        expect(findFaults(ringOf(change))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

const graphOf = (document: unknown): Graph => {
  const { networks, nodes, wires, settings } = document as Graph;
  return sketch({ networks, nodes, wires: wires.map((wire) => wire.join(' > ')), settings });
};

interface Change {
  readonly loss: string;
  readonly scores: 'logits' | 'probabilities' | undefined;
  readonly targets: Params | undefined;
  readonly end: string | undefined;
  readonly second: string | undefined;
  readonly inner: string | undefined;
  readonly players: readonly [Params, Params];
  readonly kinds: readonly [string, string];
  readonly batchSize: number;
  readonly swapped: 'sides' | 'theta' | 'both theta' | undefined;
  /** A further loss on the same scores. */
  readonly also: string | undefined;
  /** Fakes are scored through this, data as they are. */
  readonly onFakes: string | undefined;
}

const targeted = ['loss-non-saturating', 'loss-minimax', 'loss-maximum-likelihood'];
const ends = ['sigmoid', 'tanh', 'relu', 'softmax', 'leaky-relu', 'scale', 'batch-norm', 'minibatch-stddev'];
const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 });
const player = fc.record(
  {
    clipWeights: fc.constantFrom<Params[string]>(0.01, { from: 1, to: 0.1 }),
    beta1: fc.constantFrom(0, 0.5, 0.9),
    momentum: fc.constantFrom(0, 0.9),
    steps: fc.constantFrom(1, 5),
  },
  { requiredKeys: [] },
);

const changes: fc.Arbitrary<Change> = fc.record({
  loss: fc.constantFrom(
    ...targeted,
    'loss-least-squares',
    'loss-wasserstein',
    'loss-hinge',
    'loss-relativistic',
    'loss-f-gan',
    'loss-energy',
  ),
  scores: maybe(['logits', 'probabilities'] as const),
  targets: maybe<Params>([
    { realTarget: 0, fakeTarget: 1 },
    { realTarget: 0.5, fakeTarget: 0.5 },
    { realTarget: 1, fakeTarget: 1 },
    { realTarget: 0.9, fakeTarget: 0 },
    { realTarget: { from: 1, to: 0 }, fakeTarget: 0.3 },
  ]),
  end: maybe(ends),
  second: maybe(ends),
  inner: maybe(ends),
  players: fc.tuple(player, player),
  kinds: fc.tuple(fc.constantFrom('adam', 'sgd', 'rmsprop'), fc.constantFrom('adam', 'sgd', 'rmsprop')),
  batchSize: fc.constantFrom(1, 2, 3, 64),
  swapped: maybe(['sides', 'theta', 'both theta'] as const),
  also: maybe(['loss-wasserstein', 'loss-non-saturating']),
  onFakes: maybe(['sigmoid', 'tanh']),
});

/** The ring's game with some things changed. */
function ringOf(change: Change): Graph {
  const { end, second, inner, batchSize, swapped, also, onFakes } = change;
  const chain = [
    ['end', end],
    ['second', second],
  ].flatMap(([id, kind]) => (id && kind ? [{ id, kind, network: 'D' }] : []));
  const path = ['d-dense-4', ...chain.map(({ id }) => id), 'd-out'];
  const [real, fake] = swapped === 'sides' ? ['fake', 'real'] : ['real', 'fake'];
  const made = onFakes ? 'on-fakes.out' : 'd-fake.score';
  const graph = ringWith({
    settings: { batchSize },
    nodes: [
      ...chain,
      ...(inner ? [{ id: 'inner', kind: inner, network: 'D' }] : []),
      ...(onFakes ? [{ id: 'on-fakes', kind: onFakes }] : []),
      ...(also
        ? [
            { id: 'also', kind: also },
            { id: 'sum', kind: 'weighted-sum', params: { terms: { one: 1, other: 1 } } },
          ]
        : []),
    ],
    unwire: [
      'd-dense-4.out > d-out.in',
      'd-real.score > loss.real',
      'd-fake.score > loss.fake',
      ...(inner ? ['d-act-1.out > d-dense-2.in'] : []),
      ...(also ? ['loss.d > adam-d.loss'] : []),
      ...(swapped === 'both theta' ? ['G.theta > adam-g.theta', 'D.theta > adam-d.theta'] : []),
    ],
    wires: [
      ...path.slice(1).map((id, i) => `${path[i]}.out > ${id}.in`),
      `d-real.score > loss.${real}`,
      `${made} > loss.${fake}`,
      ...(onFakes ? ['d-fake.score > on-fakes.in'] : []),
      ...(inner ? ['d-act-1.out > inner.in', 'inner.out > d-dense-2.in'] : []),
      ...(also
        ? [
            'd-real.score > also.real',
            'd-fake.score > also.fake',
            'loss.d > sum.one',
            'also.d > sum.other',
            'sum.out > adam-d.loss',
          ]
        : []),
      ...(swapped === 'theta' ? ['G.theta > adam-d.theta'] : []),
      ...(swapped === 'both theta' ? ['G.theta > adam-d.theta', 'D.theta > adam-g.theta'] : []),
    ],
  });
  return { ...graph, nodes: graph.nodes.map((node) => changed(node, change)) };
}

function changed(node: GraphNode, { loss, scores, targets, players, kinds }: Change): GraphNode {
  if (node.id === 'loss') {
    const params = {
      ...(targeted.includes(loss) && targets),
      ...(/f-gan|energy/.test(loss) ? {} : { scores }),
    };
    return { ...node, kind: loss, params: onlyGiven(params) };
  }
  const which = ['adam-d', 'adam-g'].indexOf(node.id);
  if (which < 0) return node;
  const kind = kinds[which] as string;
  const { beta1, momentum, ...others } = players[which] as Params;
  const own = kind === 'adam' ? { beta1 } : kind === 'sgd' ? { momentum } : {};
  return { ...node, kind, params: onlyGiven({ order: which, ...others, ...own }) };
}

const onlyGiven = (params: Record<string, unknown>): Params =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as Params;

test('two wires that changed places are swapped, and stay where they are in the document', () => {
  const graph = caseGraph('real-fake-swapped');
  const fix = checkGraph(graph).diagnostics.find(({ code }) => code === 'real-fake-swapped')?.fix;
  const fixed = applyFix(graph, fix as Fix);
  expect(hasErrors(checkGraph(fixed).diagnostics)).toBe(false);
  const sources = fixed.wires.filter(([, to]) => to.startsWith('loss.')).map((wire) => wire.join(' > '));
  expect(sources).toEqual(['d-fake.score > loss.fake', 'd-real.score > loss.real']);
  expect(fixed.wires).toHaveLength(graph.wires.length);
});
