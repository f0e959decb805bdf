import { describe, expect, it } from 'vitest';
import type { Graph } from '@/lib/graph/schema';
import { checkGraph } from '../check';
import { endWith, type Row, scoreRows } from '../testing/advice-rows';
import { ring, ringWith, sketch } from '../testing/graphs';
import { playRows } from '../testing/play-rows';
import { truthRows } from '../testing/truth-rows';
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

/** The images, changed before D sees them. */
function augmented(params: Readonly<Record<string, number>>): Graph {
  const graph = imageGame();
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node.id === 'd-first' ? { ...node, kind: 'augment', params } : node)),
  };
}

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

const rows: readonly Row[] = [
  {
    rule: 'network-untrained',
    graph: ringWith({ without: ['adam-g'], unwire: ['G.theta > adam-g.theta', 'loss.g > adam-g.loss'] }),
    node: 'G',
    says: /No optimizer updates network Generator: its 33,666/,
    calm: ring,
  },
  {
    rule: 'network-shared',
    graph: ringWith({
      nodes: [{ id: 'sgd', kind: 'sgd', params: { order: 2 } }],
      wires: ['D.theta > sgd.theta', 'loss.d > sgd.loss'],
    }),
    node: 'D',
    says: /2 optimizers update network Discriminator: Adam for D, SGD for D/,
    calm: ring,
  },
  {
    rule: 'theta-of-opponent',
    graph: ringWith({ wires: ['G.theta > adam-d.theta'] }),
    node: 'adam-d',
    says: /discriminator’s cost of Non-saturating and holds θ of Generator/,
    calm: ring,
  },
  {
    rule: 'theta-of-opponent',
    graph: ringWith({ wires: ['D.theta > adam-g.theta'] }),
    node: 'adam-g',
    says: /generator’s cost of Non-saturating and holds θ of Discriminator/,
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
    says: /Discriminator passes no gradient where these are off: ReLU/,
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
    rule: 'augment-leaves-nothing',
    graph: augmented({ cutout: 0.9 }),
    node: 'd-first',
    says: /moves an image of 8 × 8 by up to 1 × 1 and cuts out 7 × 7/,
    severity: 'warning',
    calm: augmented({ cutout: 0.9, translation: 0 }),
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
    graph: ringWith({ params: { data: { source: 'swiss-roll', options: {} } } }),
    node: 'quality',
    says: /the modes of Dataset are not known/,
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
    says: /the slope of Discriminator is bounded, and nothing bounds it/,
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
    says: /each score of Discriminator depend on the whole batch/,
    calm: critic({ end: 'leaky-relu' }),
  },
  {
    rule: 'penalty-batch-norm',
    graph: critic({ end: 'minibatch-stddev' }),
    node: 'end',
    says: /each score of Discriminator depend on several examples/,
    severity: 'warning',
    calm: critic({ end: 'leaky-relu' }),
  },
  {
    rule: 'penalty-batch-norm',
    graph: critic({ end: 'minibatch-discrimination' }),
    node: 'end',
    says: /the gradient penalty sums their slopes/,
    severity: 'warning',
    calm: critic({ penalised: false, end: 'minibatch-discrimination' }),
  },
];

const adviceOf = (graph: Graph, rule: string) =>
  checkGraph(graph).diagnostics.filter(({ code }) => code === rule);

describe('advice', () => {
  it.each([...rows, ...scoreRows, ...criticRows, ...truthRows, ...playRows])(
    '$rule: $says',
    ({ rule, graph, node, says, severity, calm }) => {
      const found = adviceOf(graph, rule);
      const diagnostic = found.find((finding) => finding.node === node && says.test(finding.message));
      expect(diagnostic, JSON.stringify(checkGraph(graph).diagnostics)).toBeDefined();
      expect(diagnostic?.severity).toBe(severity ?? rules.find(({ id }) => id === rule)?.severity);
      expect(diagnostic?.source?.url).toMatch(/^https:/);
      expect(adviceOf(calm, rule).filter((finding) => finding.node === node)).toEqual([]);
      expect(checkGraph(calm).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    },
  );

  it('has a row for every rule', () => {
    expect(
      new Set([...rows, ...scoreRows, ...criticRows, ...truthRows, ...playRows].map(({ rule }) => rule)),
    ).toEqual(new Set(rules.map(({ id }) => id)));
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
