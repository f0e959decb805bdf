import { growingGames } from './growing-games';
import { noisyGames } from './noisy-games';
import { documentOf, type Params, type Sketch, type Sketched } from './sketch';
import { changed, critic, dense, generator, sgd, tanh } from './small-gan';

const replayed = (settings: Params): Sketch =>
  changed({
    nodes: { pool: ['replay', { size: 24, share: 0.5 }] },
    without: ['fake.x > d-fake.x'],
    wires: ['fake.x > pool.in', 'pool.out > d-fake.x'],
    settings,
  });

const drawnBack = (settings: Params): Sketch =>
  changed({
    networks: { G: { ...generator, ema: 0.9 } },
    nodes: {
      'sgd-d': ['adam', { learningRate: 0.01 }],
      'sgd-g': ['adamw', { learningRate: 0.01, weightDecay: 0.1 }],
      back: ['lookahead', { steps: 3, alpha: { from: 0.2, to: 0.9, curve: 'linear', start: 0, end: 1 } }],
    },
    wires: ['D.theta > back.theta', 'G.theta > back.theta'],
    settings,
  });

const batchNorm: Sketched = ['batch-norm', { momentum: 0.5 }];

const flow: Sketch['networks'][string] = {
  ports: ['x', 'z'],
  layers: [
    ['coupling', { units: 6 }],
    ['scale', { factor: -1.5, offset: 0.25 }],
    ['reshape', { shape: [2, 1] }],
    ['flatten'],
    ['coupling', { units: 6, mask: 'odd' }],
  ],
};

/** Images [4, 5, 3] that go through these nodes: where the real ones go in and come out, and the fakes. */
const augmentedBy = (nodes: Sketch['nodes'], [realIn, realOut, fakeIn, fakeOut]: readonly string[]): Sketch =>
  changed({
    networks: {
      G: { ...generator, layers: [dense(60), tanh, ['reshape', { shape: [4, 5, 3] }]] },
      D: { ...critic, layers: [['flatten'], dense(8), tanh, dense(1)] },
    },
    nodes: { ...nodes, data: ['latent', { shape: [4, 5, 3] }] },
    without: ['data.x > d-real.x', 'fake.x > d-fake.x'],
    wires: [`data.out > ${realIn}`, `${realOut} > d-real.x`, `fake.x > ${fakeIn}`, `${fakeOut} > d-fake.x`],
  });

const belief = (order: string): Sketch => ({
  networks: {
    B: {
      ports: ['x', 'logits'],
      layers: [
        ['masked-dense', { units: 8, variables: 4, order }],
        tanh,
        ['masked-dense', { units: 4, variables: 4, order, own: true }],
      ],
    },
    D: critic,
  },
  nodes: {
    data: ['categorical-code', { classes: 4 }],
    logits: ['call', { network: 'B' }],
    fake: ['call', { network: 'B', sample: 'autoregressive' }],
    'd-real': ['call', { network: 'D' }],
    'd-fake': ['call', { network: 'D' }],
    loss: ['loss-non-saturating'],
    likelihood: ['cross-entropy'],
    'sgd-b': sgd,
    'sgd-d': sgd,
  },
  wires: [
    'data.out > logits.x',
    'data.out > fake.x',
    'data.out > d-real.x',
    'fake.logits > d-fake.x',
    'd-real.score > loss.real',
    'd-fake.score > loss.fake',
    'logits.logits > likelihood.in',
    'data.out > likelihood.labels',
    'loss.d > sgd-d.loss',
    'likelihood.out > sgd-b.loss',
    'D.theta > sgd-d.theta',
    'B.theta > sgd-b.theta',
  ],
});

/** A small document for each thing that a game can do and no example does yet; smooth, so that no kink is near. */
const sketches: Readonly<Record<string, Sketch>> = {
  ...noisyGames,
  'slope at data': changed({
    nodes: {
      slope: ['gradient-norm'],
      penalised: ['expression', { formula: 'd + 0.1 * mean(square(n - 1))' }],
    },
    without: ['loss.d > sgd-d.loss'],
    wires: [
      'd-real.score > slope.of',
      'data.x > slope.at',
      'slope.out > penalised.n',
      'loss.d > penalised.d',
      'penalised.out > sgd-d.loss',
    ],
  }),
  'slope between data and fakes': changed({
    nodes: {
      mixed: ['interpolate'],
      'd-mixed': ['call', { network: 'D' }],
      slope: ['gradient-norm'],
      penalised: ['expression', { formula: 'd + mean(square(n - 1))' }],
    },
    without: ['loss.d > sgd-d.loss'],
    wires: [
      'data.x > mixed.a',
      'fake.x > mixed.b',
      'mixed.out > d-mixed.x',
      'd-mixed.score > slope.of',
      'mixed.out > slope.at',
      'slope.out > penalised.n',
      'loss.d > penalised.d',
      'penalised.out > sgd-d.loss',
    ],
  }),
  'slope through two calls': changed({
    nodes: {
      slope: ['gradient-norm'],
      smooth: ['expression', { formula: 'g + 0.1 * mean(square(n))' }],
    },
    without: ['loss.g > sgd-g.loss'],
    wires: [
      'd-fake.score > slope.of',
      'z.out > slope.at',
      'slope.out > smooth.n',
      'loss.g > smooth.g',
      'smooth.out > sgd-g.loss',
    ],
  }),
  flow: {
    networks: { F: flow, D: critic },
    nodes: {
      z: ['latent', { shape: [2] }],
      data: ['dataset', { source: 'two-moons' }],
      there: ['call', { network: 'F' }],
      fake: ['call', { network: 'F', inverse: true }],
      'd-real': ['call', { network: 'D' }],
      'd-fake': ['call', { network: 'D' }],
      likelihood: ['flow-log-likelihood'],
      loss: ['loss-non-saturating'],
      both: ['weighted-sum', { terms: { gan: 1, likelihood: -0.5, volume: 0.1 } }],
      volume: ['mean'],
      'sgd-f': sgd,
      'sgd-d': sgd,
    },
    wires: [
      'data.x > there.x',
      'z.out > fake.z',
      'there.z > likelihood.z',
      'there.log-det > likelihood.log-det',
      'fake.log-det > volume.in',
      'fake.x > d-fake.x',
      'data.x > d-real.x',
      'd-real.score > loss.real',
      'd-fake.score > loss.fake',
      'loss.g > both.gan',
      'likelihood.out > both.likelihood',
      'volume.out > both.volume',
      'both.out > sgd-f.loss',
      'loss.d > sgd-d.loss',
      'F.theta > sgd-f.theta',
      'D.theta > sgd-d.theta',
    ],
  },
  shuffled: changed({
    nodes: {
      mixed: ['shuffle'],
      apart: ['mean-squared-error'],
      sum: ['weighted-sum', { terms: { gan: 1, apart: 0.3 } }],
    },
    without: ['loss.g > sgd-g.loss'],
    wires: [
      'fake.x > mixed.in',
      'mixed.out > apart.a',
      'data.x > apart.b',
      'loss.g > sum.gan',
      'apart.out > sum.apart',
      'sum.out > sgd-g.loss',
    ],
  }),
  'free numbers': changed({
    networks: {
      G: {
        ...generator,
        layers: [['concat'], dense(8), tanh, dense(2)],
        beside: { theta: ['parameter', { shape: [3], init: 'normal' }] },
      },
      P: { ports: ['', 'p'], layers: [['parameter', { shape: [2], value: 0.5 }], tanh] },
    },
    nodes: { place: ['call', { network: 'P' }], moved: ['add'] },
    without: ['fake.x > d-fake.x'],
    wires: [
      'theta.out > G-1.in',
      'fake.x > moved.in',
      'place.p > moved.in',
      'moved.out > d-fake.x',
      'P.theta > sgd-g.theta',
    ],
  }),
  'sampled, natural order': belief('natural'),
  'sampled, reversed order': belief('reversed'),
  'virtual batch norm': changed({
    networks: {
      G: { ...generator, layers: [dense(8), ['virtual-batch-norm'], tanh, dense(2)], ema: 0.9 },
      D: { ...critic, layers: [dense(8), ['virtual-batch-norm'], tanh, dense(1)] },
    },
    nodes: { average: ['call', { network: 'G', weights: 'ema' }], samples: ['view-samples'] },
    wires: ['z.out > average.z', 'average.x > samples.fake'],
  }),
  'virtual beside batch norm and noise': changed({
    networks: {
      D: {
        ...critic,
        layers: [
          dense(8),
          ['virtual-batch-norm'],
          ['gaussian-noise', { sd: 0.3 }],
          dense(8),
          batchNorm,
          tanh,
          dense(1),
        ],
      },
    },
    settings: { update: 'simultaneous' },
  }),
  augmented: augmentedBy(
    {
      'real-changed': ['augment', { p: 0.7, translation: 0.3, flip: true }],
      'fake-changed': ['augment', { cutout: 0.6 }],
    },
    ['real-changed.in', 'real-changed.out', 'fake-changed.in', 'fake-changed.out'],
  ),
  'augmented as it needs': augmentedBy(
    { both: ['adaptive-augment', { network: 'D', output: 'score', images: 100, target: -0.2 }] },
    ['both.real', 'both.real', 'both.fake', 'both.fake'],
  ),
  'augmented, bypassed': augmentedBy(
    { both: ['adaptive-augment', { network: 'D', output: 'score' }, 'bypassed'] },
    ['both.real', 'both.real', 'both.fake', 'both.fake'],
  ),
  replay: replayed({}),
  'replay, simultaneous': replayed({ update: 'simultaneous' }),
  'replay, extragradient': replayed({ update: 'extragradient' }),
  ...growingGames,
  'drawn back': drawnBack({}),
  'drawn back, simultaneous': drawnBack({ update: 'simultaneous' }),
  'normalised kernels': changed({
    networks: {
      G: {
        ...generator,
        ema: { from: 0.5, to: 0.99, curve: 'linear', start: 0, end: 1 },
        layers: [
          dense(8, { weightNorm: true, learningRateMultiplier: 0.5 }),
          tanh,
          dense(2, { equalizedLearningRate: true, learningRateMultiplier: 0.5 }),
          ['truncation', { truncation: 0.5, decay: 0.9 }],
        ],
      },
      D: {
        ...critic,
        layers: [
          dense(8, { spectralNorm: true }),
          tanh,
          dense(1, { spectralNorm: true, powerIterations: 2 }),
        ],
      },
    },
  }),
  'styled, with noise': changed({
    networks: {
      G: {
        ...generator,
        layers: [
          dense(16),
          tanh,
          ['reshape', { shape: [2, 2, 4] }],
          ['modulated-conv2d', { filters: 3, up: true, equalizedLearningRate: true }],
          ['noise'],
          ['blur', { resample: 'down' }],
          tanh,
          ['flatten'],
          dense(2),
        ],
        beside: { style: dense(4) },
        ema: 0.9,
      },
    },
    wires: ['G-0.out > style.in', 'style.out > G-4.style'],
  }),
  'held to average scores': changed({
    nodes: { hold: ['lecam', { decay: 0.8 }], sum: ['weighted-sum', { terms: { gan: 1, hold: 1 } }] },
    without: ['loss.d > sgd-d.loss'],
    wires: [
      'd-real.score > hold.real',
      'd-fake.score > hold.fake',
      'loss.d > sum.gan',
      'hold.out > sum.hold',
      'sum.out > sgd-d.loss',
    ],
  }),
  'batch norm, simultaneous': changed({
    networks: { D: { ...critic, layers: [dense(8), batchNorm, tanh, dense(1)] } },
    settings: { update: 'simultaneous' },
  }),
  'batch norm, extragradient': changed({
    networks: {
      G: { ...generator, layers: [dense(8), batchNorm, tanh, dense(2)], ema: 0.9 },
      D: { ...critic, layers: [dense(8), batchNorm, tanh, dense(1)] },
    },
    settings: { update: 'extragradient' },
  }),
  'batch norm, unrolled': changed({
    networks: { D: { ...critic, layers: [dense(8), batchNorm, tanh, dense(1)] } },
    nodes: { 'sgd-g': ['sgd', { learningRate: 0.05, unroll: 2 }] },
    wires: ['sgd-d.look-ahead > sgd-g.opponent'],
  }),
  'a projection': changed({
    networks: { E: { ports: ['x', 'z'], layers: [dense(8), tanh, dense(2)] } },
    nodes: {
      found: ['project', { network: 'G', steps: 10, smooth: 0.01 }],
      near: ['project', { network: 'G', steps: 5, learningRate: 0.1 }],
      guess: ['call', { network: 'E' }],
      far: ['mean-squared-error'],
      apart: ['mean-squared-error'],
      sum: ['weighted-sum', { terms: { far: 1, apart: 0.5 } }],
      'sgd-e': sgd,
    },
    wires: [
      'data.x > found.target',
      'data.x > near.target',
      'found.z > near.start',
      'data.x > guess.x',
      'guess.z > far.a',
      'near.z > far.b',
      'near.x > apart.a',
      'fake.x > apart.b',
      'far.out > sum.far',
      'apart.out > sum.apart',
      'sum.out > sgd-e.loss',
      'E.theta > sgd-e.theta',
    ],
  }),
};

/** Name → document. */
export const smallGames = (): readonly (readonly [string, unknown])[] =>
  Object.entries(sketches).map(([name, sketch]) => [name, documentOf(sketch)]);
