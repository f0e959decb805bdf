import { describe, expect, it } from 'vitest';
import type { Graph } from '@/lib/graph/schema';
import { checkGraph } from '../check';
import { ring, ringWith, sketch } from '../testing/graphs';
import { rules } from './advise';

/** A GAN on images: latent 8 → images of 8 × 8 against glyphs. */
function imageGame(changes: { readonly last?: string; readonly convolution?: boolean } = {}): Graph {
  const { last, convolution = false } = changes;
  const end = last ? ['g-last'] : [];
  const path = ['g-in.out', 'g-dense', 'g-shape', ...end];
  const wires = path.slice(1).map((id, i) => `${i === 0 ? path[0] : `${path[i]}.out`} > ${id}.in`);
  return sketch({
    networks: [{ id: 'G' }, { id: 'D' }],
    nodes: [
      { id: 'z', kind: 'latent', params: { shape: [8] } },
      { id: 'data', kind: 'dataset', params: { source: 'glyphs', options: { size: 8 } } },
      { id: 'fake', kind: 'call', params: { network: 'G' } },
      { id: 'd-fake', kind: 'call', params: { network: 'D' } },
      { id: 'd-real', kind: 'call', params: { network: 'D' } },
      { id: 'loss', kind: 'loss-non-saturating' },
      { id: 'adam-d', kind: 'adam' },
      { id: 'adam-g', kind: 'adam', params: { order: 1 } },
      { id: 'g-in', kind: 'network-input', network: 'G' },
      { id: 'g-dense', kind: 'dense', network: 'G', params: { units: 64 } },
      { id: 'g-shape', kind: 'reshape', network: 'G', params: { shape: [8, 8, 1] } },
      ...(last ? [{ id: 'g-last', kind: last, network: 'G' }] : []),
      { id: 'g-out', kind: 'network-output', network: 'G' },
      { id: 'd-in', kind: 'network-input', network: 'D' },
      { id: 'd-first', kind: convolution ? 'conv2d' : 'leaky-relu', network: 'D' },
      { id: 'd-flat', kind: 'flatten', network: 'D' },
      { id: 'd-dense', kind: 'dense', network: 'D', params: { units: 1 } },
      { id: 'd-out', kind: 'network-output', network: 'D' },
    ],
    wires: [
      ...wires,
      `${path.at(-1)}.out > g-out.in`,
      'd-in.out > d-first.in',
      'd-first.out > d-flat.in',
      'd-flat.out > d-dense.in',
      'd-dense.out > d-out.in',
      'z.out > fake.x',
      'fake.out > d-fake.x',
      'data.x > d-real.x',
      'd-fake.out > loss.fake',
      'd-real.out > loss.real',
      'loss.d > adam-d.loss',
      'loss.g > adam-g.loss',
      'D.theta > adam-d.theta',
      'G.theta > adam-g.theta',
    ],
  });
}

const endWith = (kind: string, params = {}) =>
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

/** The ring as WGAN-GP plays it, with some changes. */
const critic = (changes: {
  readonly penalised?: boolean;
  readonly steps?: number;
  readonly clipWeights?: number;
  readonly end?: string;
  readonly at?: Record<string, string>;
}) => {
  const { penalised = true, steps = 5, clipWeights, end, at = {} } = changes;
  const graph = ringWith({
    without: ['loss'],
    nodes: [
      { id: 'loss', kind: 'loss-wasserstein' },
      { id: 'penalty', kind: 'gradient-penalty', params: { network: 'D', output: 'score', ...at } },
      { id: 'sum', kind: 'weighted-sum', params: { terms: { critic: 1, penalty: 1 } } },
      ...(end ? [{ id: 'end', kind: end, network: 'D' }] : []),
    ],
    params: { 'adam-d': { steps, beta1: 0, ...(clipWeights && { clipWeights }) } },
    unwire: penalised
      ? ['loss.d > adam-d.loss', ...(end ? ['d-dense-4.out > d-out.in'] : [])]
      : end
        ? ['d-dense-4.out > d-out.in']
        : [],
    wires: [
      'data.x > penalty.real',
      'fake.x > penalty.fake',
      'loss.d > sum.critic',
      'penalty.out > sum.penalty',
      ...(penalised ? ['sum.out > adam-d.loss'] : []),
      ...(end ? ['d-dense-4.out > end.in', 'end.out > d-out.in'] : []),
    ],
  });
  return graph;
};

interface Row {
  readonly rule: string;
  readonly graph: Graph;
  readonly node: string;
  readonly says: RegExp;
  /** The same graph without the fault. */
  readonly calm: Graph;
}

const rows: readonly Row[] = [
  {
    rule: 'network-untrained',
    graph: ringWith({ without: ['adam-g'], unwire: ['G.theta > adam-g.theta', 'loss.g > adam-g.loss'] }),
    node: 'G',
    says: /No optimizer updates network G: its 33,666/,
    calm: ring,
  },
  {
    rule: 'network-shared',
    graph: ringWith({
      nodes: [{ id: 'sgd', kind: 'sgd', params: { order: 2 } }],
      wires: ['D.theta > sgd.theta', 'loss.d > sgd.loss'],
    }),
    node: 'D',
    says: /2 optimizers update network D: adam-d, sgd/,
    calm: ring,
  },
  {
    rule: 'theta-of-opponent',
    graph: ringWith({ wires: ['G.theta > adam-d.theta'] }),
    node: 'adam-d',
    says: /discriminator’s cost of loss and holds θ of G/,
    calm: ring,
  },
  {
    rule: 'theta-of-opponent',
    graph: ringWith({ wires: ['D.theta > adam-g.theta'] }),
    node: 'adam-g',
    says: /generator’s cost of loss and holds θ of D/,
    calm: ring,
  },
  {
    rule: 'loss-saturates',
    graph: {
      ...ring,
      nodes: ring.nodes.map((node) => (node.id === 'loss' ? { ...node, kind: 'loss-minimax' } : node)),
    },
    node: 'loss',
    says: /almost no gradient/,
    calm: ring,
  },
  {
    rule: 'scores-probabilities',
    graph: endWith('sigmoid'),
    node: 'loss',
    says: /wants logits.*Sigmoid end.*between 0 and 1/,
    calm: endWith('sigmoid', { scores: 'probabilities' }),
  },
  {
    rule: 'scores-logits',
    graph: ringWith({ params: { loss: { scores: 'probabilities' } } }),
    node: 'loss',
    says: /wants probabilities.*Dense d-dense-4/,
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
    says: /wants logits.*Tanh end.*between -1 and 1: as logits that is never surer than 27 % \(fake\) or 73 % \(real\)/,
    calm: endWith('leaky-relu'),
  },
  {
    rule: 'scores-bounded',
    graph: endWith('relu'),
    node: 'loss',
    says: /ReLU end.*at least 0: as logits that is never surer than 50 % \(fake\)\./,
    calm: endWith('sigmoid', { scores: 'probabilities' }),
  },
  {
    rule: 'scores-mixed',
    graph: scoredApart(),
    node: 'loss',
    says: /probabilities on fake \(Sigmoid s\) and other numbers on real \(Dense d-dense-4\)/,
    calm: endWith('sigmoid', { scores: 'probabilities' }),
  },
  {
    rule: 'targets-contradict',
    graph: ringWith({ params: { loss: { realTarget: 0.5, fakeTarget: 0.5 } } }),
    node: 'loss',
    says: /adam-d.* asks D to say 0\.5 of everything that it scores: there is nothing to tell apart/,
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
    says: /adam-g wants d-fake\.score to be 1, and so does Adam adam-d/,
    calm: byHand({ real: 0, fake: 1, generator: 0 }),
  },
  {
    rule: 'targets-contradict',
    graph: byHand({ real: 0.9, fake: 0, generator: 1, weight: -1 }),
    node: 'g-loss',
    says: /wants d-fake\.score to be anything but 1/,
    calm: byHand({ real: 0.9, fake: 0, generator: 0, weight: -1 }),
  },
  {
    rule: 'targets-contradict',
    graph: leastSquares({ a: 0, b: 1, c: 0 }),
    node: 'loss',
    says: /adam-g wants d-fake\.score to be 0, and so does Adam adam-d/,
    calm: leastSquares({ a: -1, b: 1, c: 0 }),
  },
  {
    rule: 'labels-hard',
    graph: ring,
    node: 'loss',
    says: /target 1/,
    calm: ringWith({ params: { loss: { realTarget: 0.9 } } }),
  },
  {
    rule: 'batch-of-one',
    graph: { ...endWith('batch-norm'), settings: { ...ring.settings, batchSize: 1 } },
    node: 'end',
    says: /gets a batch of one example and gives its offset β, whatever goes in/,
    calm: { ...endWith('batch-norm'), settings: { ...ring.settings, batchSize: 2 } },
  },
  {
    rule: 'batch-small',
    graph: { ...endWith('minibatch-stddev'), settings: { ...ring.settings, batchSize: 1 } },
    node: 'end',
    says: /gets a batch of one example and adds a deviation of 0 always/,
    calm: { ...endWith('minibatch-stddev'), settings: { ...ring.settings, batchSize: 4 } },
  },
  {
    rule: 'batch-small',
    graph: { ...endWith('batch-norm'), settings: { ...ring.settings, batchSize: 3 } },
    node: 'end',
    says: /batch of 3/,
    calm: endWith('batch-norm'),
  },
  {
    rule: 'discriminator-sparse',
    graph: endWith('relu'),
    node: 'end',
    says: /Discriminator D.*end/,
    calm: ring,
  },
  {
    rule: 'images-dense-only',
    graph: imageGame(),
    node: 'D',
    says: /Network D handles images of \[8, 8, 1\]/,
    calm: ring,
  },
  {
    rule: 'image-range',
    graph: imageGame(),
    node: 'g-dense',
    says: /no bounds/,
    calm: imageGame({ last: 'tanh' }),
  },
  {
    rule: 'image-range',
    graph: imageGame({ last: 'sigmoid' }),
    node: 'g-last',
    says: /between 0 and 1/,
    calm: imageGame({ last: 'tanh' }),
  },
  {
    rule: 'truth-unknown',
    graph: ringWith({ params: { data: { source: 'two-moons', options: {} } } }),
    node: 'quality',
    says: /the modes of .*data.* are not known/,
    calm: ring,
  },
  { rule: 'labels-unused', graph: imageGame(), node: 'data', says: /10 classes/, calm: ring },
  {
    rule: 'generator-not-adaptive',
    graph: {
      ...ring,
      nodes: ring.nodes.map((node) =>
        node.id === 'adam-g' ? { ...node, kind: 'sgd', params: { order: 1 } } : node,
      ),
    },
    node: 'adam-g',
    says: /one rate for all weights/,
    calm: ring,
  },
  {
    rule: 'momentum-high',
    graph: ringWith({ params: { 'adam-g': { beta1: 0.9 } } }),
    node: 'adam-g',
    says: /β₁ 0\.9/,
    calm: ring,
  },
  {
    rule: 'momentum-clipped',
    graph: ringWith({ params: { 'adam-d': { clipWeights: 0.01 } } }),
    node: 'adam-d',
    says: /± 0\.01 and has beta1 0\.5/,
    calm: ringWith({ params: { 'adam-d': { clipWeights: 0.01, beta1: 0 } } }),
  },
];

const criticRows: readonly Row[] = [
  {
    rule: 'critic-unbounded',
    graph: critic({ penalised: false }),
    node: 'loss',
    says: /the slope of D is bounded, and nothing bounds it/,
    calm: critic({}),
  },
  {
    rule: 'critic-unbounded',
    graph: critic({ penalised: false }),
    node: 'loss',
    says: /grow without end/,
    calm: critic({ penalised: false, clipWeights: 0.01 }),
  },
  {
    rule: 'critic-squashed',
    graph: critic({ end: 'sigmoid' }),
    node: 'end',
    says: /between 0 and 1/,
    calm: critic({ end: 'leaky-relu' }),
  },
  {
    rule: 'critic-steps',
    graph: critic({ steps: 1 }),
    node: 'adam-d',
    says: /1 step per iteration/,
    calm: critic({ steps: 5 }),
  },
  {
    rule: 'penalty-batch-norm',
    graph: critic({ end: 'batch-norm' }),
    node: 'end',
    says: /each score of D depend on the whole batch/,
    calm: critic({ end: 'leaky-relu' }),
  },
];

const adviceOf = (graph: Graph, rule: string) =>
  checkGraph(graph).diagnostics.filter(({ code }) => code === rule);

describe('advice', () => {
  it.each([...rows, ...criticRows])('$rule: $says', ({ rule, graph, node, says, calm }) => {
    const found = adviceOf(graph, rule);
    const told = found.find((finding) => finding.node === node && says.test(finding.message));
    expect(told, JSON.stringify(checkGraph(graph).diagnostics)).toBeDefined();
    expect(told?.severity).toBe(rules.find(({ id }) => id === rule)?.severity);
    expect(told?.source?.url).toMatch(/^https:/);
    expect(adviceOf(calm, rule).filter((finding) => finding.node === node)).toEqual([]);
    expect(checkGraph(calm).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('has a row for every rule', () => {
    expect(new Set([...rows, ...criticRows].map(({ rule }) => rule))).toEqual(
      new Set(rules.map(({ id }) => id)),
    );
  });

  it('knows a network with a convolution', () => {
    const found = adviceOf(imageGame({ convolution: true }), 'images-dense-only');
    expect(found.map(({ node }) => node)).toEqual(['G']);
  });

  it('lets least squares take scores of any range', () => {
    const end = endWith('sigmoid');
    const graph = {
      ...end,
      nodes: end.nodes.map((node) => (node.id === 'loss' ? { ...node, kind: 'loss-least-squares' } : node)),
    };
    expect(adviceOf(graph, 'scores-probabilities')).toEqual([]);
  });

  it('waits until the graph runs', () => {
    const broken = ringWith({ unwire: ['z.out > fake.z'] });
    expect(checkGraph(broken).diagnostics.some(({ code }) => rules.some(({ id }) => id === code))).toBe(
      false,
    );
  });
});
