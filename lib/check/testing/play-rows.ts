import type { Graph, Params } from '@/lib/graph/schema';
import type { Row } from './advice-rows';
import { exampleGraph, ringWith, type Sketch, sketch } from './graphs';

/** Games with one thing wrong in what generators are fed, how they translate, or how a loss is played. */
const cycle = exampleGraph('cyclegan');

/** CycleGAN whose generators have nothing of their input in their output. */
const plainCycle: Graph = {
  ...cycle,
  blocks: cycle.blocks.map((block) => ({
    ...block,
    inputs: block.inputs.map((port) => ({ ...port, to: port.to.filter((end) => end !== 'add.in') })),
  })),
};

const normal = (distribution: string, size = 8) =>
  ringWith({ params: { z: { shape: [size], distribution } } });

/** Two latents and what lies between them. */
const between = (params: Params, distribution = 'normal') =>
  sketch({
    nodes: [
      { id: 'a', kind: 'latent', params: { shape: [32], distribution } },
      { id: 'b', kind: 'latent', params: { shape: [32], distribution } },
      { id: 'mix', kind: 'interpolate', params },
      { id: 'see', kind: 'view-values' },
    ],
    wires: ['a.out > mix.a', 'b.out > mix.b', 'mix.out > see.in'],
  });

/** One-hot labels of ten digits on their way into a convolution. */
const labelled = (path: Sketch['nodes']) => {
  const ids = ['in', ...path.map(({ id }) => id), 'conv', 'out'];
  return sketch({
    networks: [{ id: 'E' }],
    nodes: [
      { id: 'data', kind: 'dataset', params: { source: 'glyphs', options: { size: 8 } } },
      { id: 'call', kind: 'call', params: { network: 'E' } },
      { id: 'see', kind: 'view-values' },
      { id: 'in', kind: 'network-input', network: 'E' },
      ...path.map((node) => ({ ...node, network: 'E' })),
      { id: 'conv', kind: 'conv2d', network: 'E', params: { filters: 2 } },
      { id: 'out', kind: 'network-output', network: 'E' },
    ],
    wires: [
      ...ids.slice(1).map((id, i) => `${ids[i]}.out > ${id}.in`),
      'data.labels > call.x',
      'call.out > see.in',
    ],
  });
};

/** G fills rectangles with a grey; D compares its answers with the true ones. */
const filled = (further: Sketch['nodes']) => {
  const g = ['g-in', 'g-conv', ...further.map(({ id }) => id), 'g-end', 'g-out'];
  const d = ['d-in', 'd-flat', 'd-dense', 'd-out'];
  const chain = (ids: readonly string[]) => ids.slice(1).map((id, i) => `${ids[i]}.out > ${id}.in`);
  return sketch({
    networks: [{ id: 'G' }, { id: 'D' }],
    nodes: [
      { id: 'data', kind: 'dataset', params: { source: 'rectangles' } },
      { id: 'fake', kind: 'call', params: { network: 'G' } },
      { id: 'd-fake', kind: 'call', params: { network: 'D' } },
      { id: 'd-real', kind: 'call', params: { network: 'D' } },
      { id: 'loss', kind: 'loss-non-saturating' },
      { id: 'adam-d', kind: 'adam' },
      { id: 'adam-g', kind: 'adam', params: { order: 1 } },
      { id: 'g-in', kind: 'network-input', network: 'G' },
      { id: 'g-conv', kind: 'conv2d', network: 'G', params: { filters: 1 } },
      ...further.map((node) => ({ ...node, network: 'G' })),
      { id: 'g-end', kind: 'tanh', network: 'G' },
      { id: 'g-out', kind: 'network-output', network: 'G' },
      { id: 'd-in', kind: 'network-input', network: 'D' },
      { id: 'd-flat', kind: 'flatten', network: 'D' },
      { id: 'd-dense', kind: 'dense', network: 'D', params: { units: 1 } },
      { id: 'd-out', kind: 'network-output', network: 'D' },
    ],
    wires: [
      ...chain(g),
      ...chain(d),
      'data.x > fake.x',
      'fake.out > d-fake.x',
      'data.target > d-real.x',
      'd-fake.out > loss.fake',
      'd-real.out > loss.real',
      'loss.d > adam-d.loss',
      'loss.g > adam-g.loss',
      'D.theta > adam-d.theta',
      'G.theta > adam-g.theta',
    ],
  });
};

/** CycleGAN with one loss more: G leaves its own target domain as it is, which lies at `points`. */
const identity = (points: readonly (readonly number[])[]): Graph => ({
  ...cycle,
  nodes: [
    ...cycle.nodes.map((node) =>
      node.id === 'y' ? { ...node, params: { source: 'mixture', options: { points, weights: null } } } : node,
    ),
    { id: 'same', kind: 'call', at: [0, 0], params: { network: 'G' } },
    { id: 'kept', kind: 'l1', at: [0, 0], params: {} },
    { id: 'adam-same', kind: 'adam', at: [0, 0], params: { order: 5 } },
  ] as Graph['nodes'],
  wires: [
    ...cycle.wires,
    ['y.x', 'same.x'],
    ['same.y', 'kept.a'],
    ['y.x', 'kept.b'],
    ['kept.out', 'adam-same.loss'],
    ['G.theta', 'adam-same.theta'],
  ],
});

const playedBy = (kind: string, params: Params, changes = {}) => {
  const graph = ringWith({ params: changes });
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.id === 'loss' ? { ...node, kind, params } : node,
    ) as Graph['nodes'],
  };
};
const pearson = { divergence: 'pearson' };

/** The ring whose D pays by a formula of its cost, and of a loss of its own. */
const costOfD = (formula: string) =>
  ringWith({
    nodes: [
      { id: 'cost', kind: 'expression', params: { formula } },
      { id: 'own', kind: 'mean' },
    ],
    unwire: ['loss.d > adam-d.loss'],
    wires: [
      'loss.d > cost.cost',
      'd-real.score > own.in',
      ...(formula.includes('own') ? ['own.out > cost.own'] : []),
      'cost.out > adam-d.loss',
    ],
  });

/** G learns by a call of its own, of a D with batch norm. */
const normalised = (mode: string) =>
  ringWith({
    nodes: [
      { id: 'end', kind: 'batch-norm', network: 'D' },
      { id: 'd-judge', kind: 'call', params: { network: 'D', mode } },
      { id: 'judged', kind: 'loss-non-saturating' },
    ],
    unwire: ['d-dense-4.out > d-out.in', 'loss.g > adam-g.loss'],
    wires: [
      'd-dense-4.out > end.in',
      'end.out > d-out.in',
      'fake.x > d-judge.x',
      'd-judge.score > judged.fake',
      'd-real.score > judged.real',
      'judged.g > adam-g.loss',
    ],
  });

/** Data on an upright segment; a noisy D sees it blurred. */
const thinData = ({ noise = false } = {}) =>
  ringWith({
    params: { data: { source: 'disjoint', options: {} } },
    without: ['quality'],
    unwire: ['ema.x > quality.samples', ...(noise ? ['d-in.out > d-dense-1.in'] : [])],
    nodes: noise ? [{ id: 'blur', kind: 'gaussian-noise', network: 'D' }] : [],
    wires: noise ? ['d-in.out > blur.in', 'blur.out > d-dense-1.in'] : [],
  });

export const playRows: readonly Row[] = [
  {
    rule: 'latent-uniform',
    graph: normal('uniform'),
    node: 'z',
    says: /draws 8 uniform numbers/,
    calm: normal('normal'),
  },
  {
    rule: 'latent-uniform',
    graph: normal('uniform', 3),
    node: 'z',
    says: /3 uniform/,
    calm: normal('uniform', 2),
  },
  {
    rule: 'interpolation-straight',
    graph: between({}),
    node: 'mix',
    says: /of 32 numbers: halfway they are about 4\.00 long, .* about 5\.66/,
    calm: between({ path: 'spherical' }),
  },
  {
    rule: 'interpolation-straight',
    graph: between({ at: 0.5 }),
    node: 'mix',
    says: /goes straight/,
    calm: between({}, 'uniform'),
  },
  {
    rule: 'label-raw-convolution',
    graph: labelled([{ id: 'map', kind: 'reshape', params: { shape: [1, 10, 1] } }]),
    node: 'conv',
    says: /reads 10 one-hot labels as if they were pixels/,
    calm: labelled([
      { id: 'dense', kind: 'dense', params: { units: 64 } },
      { id: 'map', kind: 'reshape', params: { shape: [8, 8, 1] } },
    ]),
  },
  {
    rule: 'translation-no-noise',
    graph: filled([]),
    node: 'G',
    says: /G has neither noise nor dropout/,
    calm: filled([{ id: 'g-drop', kind: 'dropout' }]),
  },
  {
    rule: 'identity-shifted',
    graph: identity([
      [10, 0],
      [12, 0],
    ]),
    node: 'kept',
    says: /asks G: X to Y to leave Dataset as it is, and Dataset lies 11 away/,
    calm: identity([
      [-1.5, -1],
      [1.5, 0],
    ]),
  },
  {
    rule: 'cycle-plain',
    graph: plainCycle,
    node: 'G',
    says: /G: X to Y has to find the whole map by itself/,
    calm: cycle,
  },
  {
    rule: 'rate-constant',
    graph: playedBy('loss-least-squares', {}, { 'adam-g': { learningRate: 0.001 } }),
    node: 'adam-g',
    says: /keeps its rate of 0\.001 to the end/,
    calm: playedBy('loss-least-squares', {}),
  },
  {
    rule: 'ratio-unbounded',
    graph: playedBy('loss-f-gan', pearson, { data: { options: { radius: 20 } } }),
    node: 'loss',
    says: /20 away from where fakes start/,
    calm: playedBy('loss-f-gan', pearson),
  },
  {
    rule: 'ratio-unbounded',
    graph: playedBy('loss-f-gan', pearson, { data: { options: { radius: 9 } } }),
    node: 'loss',
    says: /square of the density ratio/,
    calm: playedBy('loss-f-gan', { divergence: 'kl' }, { data: { options: { radius: 20 } } }),
  },
  {
    rule: 'schedule-by-loss',
    graph: costOfD('max(cost, 0.3)'),
    node: 'cost',
    says: /Expression lets the size of cost decide whether it counts/,
    calm: costOfD('2 * cost'),
  },
  {
    rule: 'schedule-by-loss',
    graph: costOfD('cost * sigmoid(10 * (cost - 0.5))'),
    node: 'cost',
    says: /follow a plan|who is ahead/,
    // Free bits are no cost of a player.
    calm: costOfD('cost + relu(own - 0.5)'),
  },
  {
    rule: 'batch-norm-moving',
    graph: normalised('eval'),
    node: 'd-judge',
    says: /D\(G\(z\)\) is normalised by the moving statistics of Discriminator, which are of D\(G\(z\)\), D\(x\) together/,
    calm: normalised('train'),
  },
  {
    rule: 'noise-missing',
    graph: thinData(),
    node: 'loss',
    says: /Dataset gives points or curves, which have no area: Discriminator can distinguish them/,
    calm: thinData({ noise: true }),
  },
  {
    rule: 'noise-missing',
    graph: thinData(),
    node: 'loss',
    says: /says nothing of how far they are/,
    calm: ringWith({ params: { data: { source: 'two-moons', options: {} } } }),
  },
];
