import { describe, expect, it } from 'vitest';
import type { Severity } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import { checkGraph } from './check';
import { ring, ringWith, sketch } from './testing/graphs';

interface Row {
  readonly code: string;
  readonly graph: Graph;
  readonly severity?: Severity;
  readonly node?: string;
  /** What the message must say: the numbers and names. */
  readonly says: RegExp;
  readonly fix?: string;
}

const inD = (id: string, kind: string, params = {}) => ({ id, kind, network: 'D', params });

const rows: readonly Row[] = [
  {
    code: 'unknown-kind',
    graph: ringWith({ nodes: [{ id: 'q', kind: 'quantum' }] }),
    node: 'q',
    says: /"quantum"/,
  },
  {
    code: 'param-unknown',
    graph: ringWith({ params: { 'g-dense-1': { unit: 3 } } }),
    node: 'g-dense-1',
    says: /no parameter "unit"/,
  },
  {
    code: 'param-range',
    graph: ringWith({ params: { 'g-dense-1': { units: 0 } } }),
    node: 'g-dense-1',
    says: /units is 0; it must be at least 1/,
    fix: 'set-params',
  },
  {
    code: 'param-range',
    graph: ringWith({ params: { 'adam-d': { beta1: 1 } } }),
    node: 'adam-d',
    says: /beta1 is 1; it must be less than 1/,
    fix: 'set-params',
  },
  {
    code: 'param-range',
    graph: ringWith({ params: { 'adam-d': { learningRate: 99 } } }),
    node: 'adam-d',
    says: /learningRate is 99; it must be at most 10/,
  },
  {
    code: 'param-invalid',
    graph: ringWith({ params: { 'g-dense-1': { units: 'many' } } }),
    node: 'g-dense-1',
    says: /units is "many"/,
    fix: 'set-params',
  },
  {
    code: 'param-invalid',
    graph: ringWith({ params: { data: { options: { modes: 0 } } } }),
    node: 'data',
    says: /options.modes is 0/,
  },
  {
    code: 'param-range',
    graph: ringWith({ params: { z: { distribution: 'uniform', low: 2, high: 1 } } }),
    node: 'z',
    says: /low is 2, high is 1/,
    fix: 'set-params',
  },
  {
    code: 'reference-network',
    graph: ringWith({ params: { ema: { network: 'H' } } }),
    node: 'ema',
    says: /"H", which does not exist/,
  },
  {
    code: 'reference-port',
    graph: ringWith({ params: { surface: { output: 'logit' } } }),
    node: 'surface',
    says: /"logit" of network D/,
    fix: 'set-params',
  },
  {
    code: 'reference-node',
    graph: ringWith({ params: { quality: { dataset: 'date' } } }),
    node: 'quality',
    says: /"date", which does not exist/,
  },
  {
    code: 'reference-node',
    graph: ringWith({ params: { quality: { dataset: 'loss' } } }),
    node: 'quality',
    says: /"loss", which is no source/,
  },
  {
    code: 'wire-dangling',
    graph: ringWith({ wires: ['ghost.out > samples.fake'] }),
    says: /starts at "ghost"/,
    fix: 'remove-wire',
  },
  {
    code: 'wire-dangling',
    graph: ringWith({ wires: ['z.out > ghost.in'] }),
    says: /ends at "ghost"/,
    fix: 'remove-wire',
  },
  {
    code: 'port-unknown',
    graph: ringWith({ wires: ['z.noise > samples.fake'] }),
    node: 'z',
    says: /no output "noise"/,
  },
  {
    code: 'port-unknown',
    graph: ringWith({ wires: ['z.out > loss.score'] }),
    node: 'loss',
    says: /no input "score"/,
  },
  { code: 'port-unknown', graph: ringWith({ wires: ['G.x > samples.fake'] }), node: 'G', says: /only its θ/ },
  {
    code: 'port-unknown',
    graph: ringWith({ wires: ['z.out > G.z'] }),
    node: 'G',
    says: /nothing is wired into a frame/,
  },
  {
    code: 'wire-crosses-frame',
    graph: ringWith({ unwire: ['z.out > fake.z'], wires: ['g-dense-1.out > fake.z'] }),
    node: 'fake',
    says: /in network G to G\(z\) \(fake\) in the game/,
    fix: 'remove-wire',
  },
  {
    code: 'type-mismatch',
    graph: ringWith({ unwire: ['loss.g > adam-g.loss'], wires: ['z.out > adam-g.loss'] }),
    node: 'adam-g',
    says: /z.out is a tensor, but adam-g.loss takes a loss/,
    fix: 'remove-wire',
  },
  {
    code: 'input-taken',
    graph: ringWith({ wires: ['data.x > loss.real'] }),
    node: 'loss',
    says: /from d-real.score and from data.x/,
    fix: 'remove-wire',
  },
  {
    code: 'wire-duplicate',
    graph: ringWith({ wires: ['G.theta > adam-g.theta'] }),
    severity: 'warning',
    node: 'adam-g',
    says: /θ of G is wired to adam-g twice/,
    fix: 'remove-wire',
  },
  {
    code: 'cycle',
    graph: ringWith({ unwire: ['g-in.out > g-dense-1.in'], wires: ['g-dense-3.out > g-dense-1.in'] }),
    node: 'g-dense-1',
    says: /Network G has a cycle of 5 nodes: g-dense-1, g-act-1/,
  },
  {
    code: 'cycle',
    graph: ringWith({ unwire: ['z.out > fake.z'], wires: ['fake.x > fake.z'] }),
    node: 'fake',
    says: /fake feeds itself/,
  },
  {
    code: 'input-missing',
    graph: ringWith({ unwire: ['d-real.score > loss.real'] }),
    node: 'loss',
    says: /needs its input real/,
  },
  {
    code: 'node-unfinished',
    graph: ringWith({ nodes: [inD('extra', 'dense'), inD('then', 'relu')], wires: ['extra.out > then.in'] }),
    severity: 'warning',
    node: 'extra',
    says: /input in has no wire/,
  },
  {
    code: 'node-unused',
    graph: ringWith({ nodes: [inD('extra', 'dense')] }),
    severity: 'info',
    node: 'extra',
    says: /reads extra/,
  },
  {
    code: 'view-idle',
    graph: ringWith({ nodes: [{ id: 'm', kind: 'metric-value' }] }),
    severity: 'warning',
    node: 'm',
    says: /m shows nothing yet/,
  },
  {
    code: 'place-wrong',
    graph: ringWith({ nodes: [{ id: 'lost', kind: 'dense' }] }),
    node: 'lost',
    says: /Dense belongs in a network/,
  },
  {
    code: 'place-wrong',
    graph: ringWith({ nodes: [inD('lost', 'adam')] }),
    node: 'lost',
    says: /stands in the network D/,
  },
  {
    code: 'network-missing',
    graph: ringWith({ nodes: [{ id: 'lost', kind: 'dense', network: 'H' }] }),
    node: 'lost',
    says: /the network "H", which does not exist/,
  },
  {
    code: 'port-duplicate',
    graph: ringWith({ nodes: [inD('d-in-2', 'network-input', { name: 'x' })] }),
    node: 'd-in-2',
    says: /two inputs named "x": d-in and d-in-2/,
    fix: 'set-params',
  },
  {
    code: 'port-limit',
    graph: ringWith({
      nodes: Array.from({ length: 64 }, (_, i) => inD(`in-${i}`, 'network-input', { name: `i${i}` })),
    }),
    node: 'in-63',
    says: /more than 64/,
  },
  {
    code: 'network-no-output',
    graph: ringWith({ without: ['g-out'] }),
    node: 'G',
    says: /Network G has no output/,
  },
  {
    code: 'network-unused',
    graph: ringWith({ networks: (all) => [...all, { ...(all[0] as (typeof all)[number]), id: 'H' }] }),
    severity: 'warning',
    node: 'H',
    says: /Network H is not used/,
  },
  {
    code: 'rank-mismatch',
    graph: ringWith({ params: { z: { shape: [4, 4, 2] } } }),
    node: 'g-dense-1',
    says: /\[4, 4, 2\]/,
  },
  {
    code: 'shape-mismatch',
    graph: ringWith({
      unwire: ['d-real.score > loss.real'],
      wires: ['data.x > loss.real'],
    }),
    node: 'loss',
    says: /\[2\].*\[1\]/,
  },
  {
    code: 'call-shapes-differ',
    graph: ringWith({ params: { 'g-dense-4': { units: 3 } } }),
    node: 'd-real',
    says: /input x of network D \[2\], but D\(G\(z\)\) \(d-fake\) gives it \[3\]/,
  },
  {
    code: 'input-shape-unknown',
    graph: ringWith({
      unwire: [
        'd-fake.score > loss.fake',
        'fake.x > d-fake.x',
        'data.x > d-real.x',
        'd-real.score > loss.real',
      ],
      without: ['d-fake', 'd-real'],
    }),
    node: 'd-in',
    says: /input x of network D is not known/,
  },
  {
    code: 'shape-too-large',
    graph: ringWith({ params: { z: { shape: [65536, 65536] } } }),
    node: 'z',
    says: /4\.3e\+9 numbers per example/,
  },
  {
    code: 'weights-too-large',
    graph: ringWith({ params: { z: { shape: [65536] }, 'g-dense-1': { units: 16384 } } }),
    node: 'g-dense-1',
    says: /1\.1e\+9 parameters/,
  },
  {
    code: 'bypass-shape',
    graph: ringWith({ states: { 'g-dense-1': 'bypassed' } }),
    node: 'g-dense-1',
    says: /\[2\] into \[128\]/,
  },
  {
    code: 'state-ignored',
    graph: ringWith({ states: { data: 'muted' } }),
    severity: 'warning',
    node: 'data',
    says: /is muted/,
  },
  {
    code: 'ema-missing',
    graph: ringWith({ networks: (all) => all.map(({ ema: _, ...network }) => network) }),
    node: 'ema',
    says: /network G keeps none/,
    fix: 'set-params',
  },
  {
    code: 'optimizer-no-loss',
    graph: ringWith({ unwire: ['loss.d > adam-d.loss'] }),
    node: 'adam-d',
    says: /no loss/,
  },
  {
    code: 'optimizer-no-theta',
    graph: ringWith({ unwire: ['D.theta > adam-d.theta'] }),
    node: 'adam-d',
    says: /no θ/,
  },
  {
    code: 'loss-no-theta',
    graph: ringWith({
      unwire: ['fake.x > d-fake.x'],
      wires: ['ema.x > d-fake.x'],
    }),
    node: 'adam-g',
    says: /loss\.g does not depend on any θ/,
  },
  {
    code: 'theta-unreached',
    graph: ringWith({
      unwire: ['fake.x > d-fake.x'],
      wires: ['ema.x > d-fake.x', 'D.theta > adam-g.theta'],
    }),
    severity: 'warning',
    node: 'adam-g',
    says: /does not depend on θ of G/,
  },
  {
    code: 'steps-not-one',
    graph: ringWith({ settings: { update: 'simultaneous' }, params: { 'adam-d': { steps: 5 } } }),
    node: 'adam-d',
    says: /makes 5 steps/,
    fix: 'set-params',
  },
  {
    code: 'order-tie',
    graph: ringWith({ params: { 'adam-g': { order: 0 } } }),
    severity: 'info',
    node: 'adam-d',
    says: /order 0: adam-d, adam-g/,
  },
  { code: 'nothing-trains', graph: sketch({ nodes: [] }), severity: 'warning', says: /nothing to train/ },
  {
    code: 'player-limit',
    graph: ringWith({
      nodes: Array.from({ length: 63 }, (_, i) => ({ id: `sgd-${i}`, kind: 'sgd' })),
      wires: Array.from({ length: 63 }, (_, i) => [
        `loss.d > sgd-${i}.loss`,
        `D.theta > sgd-${i}.theta`,
      ]).flat(),
    }),
    node: 'sgd-62',
    says: /65 players; at most 64/,
  },
];

describe('each mistake has its own diagnostic', () => {
  it.each(rows)('$code: $says', ({ code, graph, severity = 'error', node, says, fix }) => {
    const found = checkGraph(graph).diagnostics.filter((diagnostic) => diagnostic.code === code);
    const told = found.find((diagnostic) => says.test(diagnostic.message));
    expect(told, JSON.stringify(found)).toBeDefined();
    expect(told?.severity).toBe(severity);
    expect(told?.node).toBe(node);
    if (fix) expect(told?.fix?.type).toBe(fix);
  });

  it('says nothing of a sound graph but hints', () => {
    expect(checkGraph(ring).diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('tells all mistakes, not the first', () => {
    const graph = ringWith({
      params: { 'g-dense-1': { units: 0, unit: 1 }, quality: { dataset: 'nowhere' } },
      wires: ['ghost.out > samples.fake', 'z.out > ghost.in'],
    });
    const codes = checkGraph(graph).diagnostics.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['param-range', 'param-unknown', 'reference-node', 'wire-dangling']),
    );
    expect(codes.filter((code) => code === 'wire-dangling')).toHaveLength(2);
  });

  it('forgives what nobody needs: an unfinished node is no error', () => {
    const graph = ringWith({
      nodes: [
        inD('a', 'dense'),
        inD('b', 'dense'),
        { id: 'lonely', kind: 'sgd' },
        { id: 'm', kind: 'metric-modes' },
      ],
      wires: ['a.out > b.in'],
    });
    expect(checkGraph(graph).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
