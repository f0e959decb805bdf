import type { Graph } from '@/lib/graph/schema';
import { ring, ringWith } from './graphs';

/** Games with one thing that advice is about, and the same without it: scores and targets. */
export interface Row {
  readonly rule: string;
  readonly graph: Graph;
  readonly node: string;
  readonly says: RegExp;
  /** Where it is not the rule's. */
  readonly severity?: 'warning';
  /** The same graph without the fault. */
  readonly calm: Graph;
}

/** The ring with a further layer at the end of D. */
export const endWith = (kind: string, params = {}) =>
  ringWith({
    nodes: [{ id: 'end', kind, network: 'D' }],
    unwire: ['d-dense-4.out > d-out.in'],
    wires: ['d-dense-4.out > end.in', 'end.out > d-out.in'],
    params: { loss: params },
  });

/** D scores data with its dense end, and fakes through a sigmoid of the game. */
const scoredApart = () =>
  ringWith({
    nodes: [{ id: 's', kind: 'sigmoid' }],
    unwire: ['d-fake.score > loss.fake'],
    wires: ['d-fake.score > s.in', 's.out > loss.fake'],
  });

const leastSquares = (params: Record<string, number>): Graph => ({
  ...ring,
  nodes: ring.nodes.map((node) =>
    node.id === 'loss' ? { ...node, kind: 'loss-least-squares', params } : node,
  ),
});

/** The ring’s losses put together from cross-entropies, as tutorials do. */
const byHand = (targets: { real: number; fake: number; generator: number; weight?: number }) =>
  ringWith({
    without: ['loss'],
    nodes: [
      { id: 'real-loss', kind: 'binary-cross-entropy', params: { target: targets.real } },
      { id: 'fake-loss', kind: 'binary-cross-entropy', params: { target: targets.fake } },
      { id: 'g-loss', kind: 'binary-cross-entropy', params: { target: targets.generator } },
      { id: 'sum', kind: 'weighted-sum', params: { terms: { real: 0.5, fake: 0.5 } } },
      { id: 'g-sum', kind: 'weighted-sum', params: { terms: { g: targets.weight ?? 1 } } },
    ],
    unwire: [
      'd-real.score > loss.real',
      'd-fake.score > loss.fake',
      'loss.d > adam-d.loss',
      'loss.g > adam-g.loss',
    ],
    wires: [
      'd-real.score > real-loss.in',
      'd-fake.score > fake-loss.in',
      'd-fake.score > g-loss.in',
      'real-loss.out > sum.real',
      'fake-loss.out > sum.fake',
      'sum.out > adam-d.loss',
      'g-loss.out > g-sum.g',
      'g-sum.out > adam-g.loss',
    ],
  });

export const scoreRows: readonly Row[] = [
  {
    rule: 'scores-probabilities',
    graph: endWith('sigmoid'),
    node: 'loss',
    says: /wants logits.*D\(x\) comes from Sigmoid.*between 0 and 1/,
    calm: endWith('sigmoid', { scores: 'probabilities' }),
  },
  {
    rule: 'scores-logits',
    graph: ringWith({ params: { loss: { scores: 'probabilities' } } }),
    node: 'loss',
    says: /wants probabilities.*D\(x\) comes from Dense/,
    calm: ring,
  },
  {
    rule: 'scores-logits',
    graph: endWith('tanh', { scores: 'probabilities' }),
    node: 'loss',
    says: /between -1 and 1/,
    calm: endWith('sigmoid', { scores: 'probabilities' }),
  },
  {
    rule: 'scores-bounded',
    graph: endWith('tanh'),
    node: 'loss',
    says: /wants logits.*D\(x\) comes from Tanh.*between -1 and 1: as logits that is never surer than 27 % \(fake\) or 73 % \(real\)/,
    calm: endWith('leaky-relu'),
  },
  {
    rule: 'scores-bounded',
    graph: endWith('relu'),
    node: 'loss',
    says: /ReLU.*at least 0: as logits that is never surer than 50 % \(fake\)\./,
    calm: endWith('sigmoid', { scores: 'probabilities' }),
  },
  {
    rule: 'scores-mixed',
    graph: scoredApart(),
    node: 'loss',
    says: /probabilities on fake \(Sigmoid\) and other numbers on real \(Dense\)/,
    calm: endWith('sigmoid', { scores: 'probabilities' }),
  },
  {
    rule: 'targets-contradict',
    graph: ringWith({ params: { loss: { realTarget: 0.5, fakeTarget: 0.5 } } }),
    node: 'loss',
    says: /Adam for D asks Discriminator to say 0\.5 of everything that it scores: there is nothing to distinguish/,
    calm: ringWith({ params: { loss: { realTarget: 0, fakeTarget: 1 } } }),
  },
  {
    rule: 'targets-contradict',
    graph: ringWith({
      params: { loss: { realTarget: { from: 0.9, to: 0 }, fakeTarget: { from: 0.1, to: 0.6 } } },
    }),
    node: 'loss',
    says: /cross during the run/,
    calm: ringWith({ params: { loss: { realTarget: { from: 1, to: 0.7 }, fakeTarget: 0 } } }),
  },
  {
    rule: 'targets-contradict',
    graph: ringWith({ params: { loss: { realTarget: { from: 0.9, to: 0.5 }, fakeTarget: 0.5 } } }),
    node: 'loss',
    says: /say 0\.5 of everything that it scores at the end of the run/,
    calm: ring,
  },
  {
    rule: 'targets-contradict',
    graph: byHand({ real: 0, fake: 1, generator: 1 }),
    node: 'g-loss',
    says: /Adam for G wants D\(G\(z\)\) to be 1, and so does Adam for D/,
    calm: byHand({ real: 0, fake: 1, generator: 0 }),
  },
  {
    rule: 'targets-contradict',
    graph: byHand({ real: 0.9, fake: 0, generator: 1, weight: -1 }),
    node: 'g-loss',
    says: /wants D\(G\(z\)\) to be anything but 1/,
    calm: byHand({ real: 0.9, fake: 0, generator: 0, weight: -1 }),
  },
  {
    rule: 'targets-contradict',
    graph: leastSquares({ a: 0, b: 1, c: 0 }),
    node: 'loss',
    says: /Adam for G wants D\(G\(z\)\) to be 0, and so does Adam for D/,
    calm: leastSquares({ a: -1, b: 1, c: 0 }),
  },
];
