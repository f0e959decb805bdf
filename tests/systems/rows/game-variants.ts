import type { Graph } from '@/lib/graph/schema';
import { withParams } from '@/lib/train/testing/train';
import { muted, replaced, rewired } from '../controls';
import { plainGames } from '../plain-games';
import { at, type System, within } from '../system';

/** Other objectives. */
export const gameVariants: readonly System[] = [
  {
    example: 'ring',
    iterations: 12_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: covering(0.95, 0.03),
    brief: {
      iterations: 6_000,
      bars: covering(0.85, 0.1),
    },
  },
  {
    example: 'r3gan',
    iterations: 12_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: covering(0.95, 0.03),
  },
  {
    example: 'grid25',
    iterations: 30_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      ...covering(0.957, 0.03, 25),
      ...covering(0.957, 0.03, 25, 'r3gan/'),
      'control/quality.reverseKl': [['>=', 0.03]],
    },
    controls: {
      control: {
        says: 'no R1, rates that do not fall, no average',
        change: (graph) =>
          withParams(muted(graph, 'r1'), {
            'adam-d': { learningRate: 0.001 },
            'adam-g': { learningRate: 0.001 },
            ema: { weights: 'live' },
          }),
      },
      r3gan: {
        says: 'R3GAN: pairs, and R2 beside R1',
        change: (graph) =>
          rewired(
            replaced(graph, {
              loss: { kind: 'loss-relativistic', params: { average: false } },
              'cost-d': { params: { terms: { gan: 1, r1: 1, r2: 1 } } },
            }),
            { 'r2.fake': 'fake.x', 'cost-d.r2': 'r2.out' },
            {
              id: 'r2',
              kind: 'gradient-penalty',
              at: [0, 0],
              params: {
                network: 'D',
                input: 'x',
                output: 'score',
                at: 'fake',
                target: 0,
                weight: 0.005,
                every: 4,
              },
            },
          ),
      },
    },
  },
  {
    example: 'denoising-diffusion',
    iterations: 8_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: { ...covering(0.8, 0.05, 25), 'control/quality.modes': [['<=', 20]] },
    controls: { control: { says: 'one step in place of four', change: inOneStep } },
  },
  {
    example: 'wgan-gp',
    iterations: 1_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 8]],
      'quality.highQuality': [['>=', 0.55]],
      'control/lost': [['>=', 0.3]],
    },
    controls: {
      control: { says: 'one critic step', change: (graph) => withParams(graph, { 'adam-d': { steps: 1 } }) },
    },
    derive: (figures) => ({
      'control/lost': at(figures, 'quality.highQuality') - at(figures, 'control/quality.highQuality'),
    }),
  },
  {
    example: 'f-gan',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [1],
    // The control is the other three of the six: bounds, and near.
    bars: boundedWithin(0.02),
    // In a fifth of the time, looser; the start is off by 0.2 to 2.
    brief: { iterations: 400, bars: boundedWithin(0.1) },
    controls: {
      control: {
        says: 'Pearson, squared Hellinger, GAN in their places',
        change: (graph) =>
          withParams(graph, {
            'loss-kl': { divergence: 'pearson' },
            kl: { objective: 'pearson' },
            'loss-reverse-kl': { divergence: 'squared-hellinger' },
            'reverse-kl': { objective: 'squared-hellinger' },
            'loss-jensen-shannon': { divergence: 'gan' },
            'jensen-shannon': { objective: 'gan' },
          }),
      },
    },
  },
  {
    example: 'disjoint-supports',
    iterations: 200,
    seeds: [1, 2, 3],
    fast: [1],
    bars: {
      moved: [['<=', 0.05]],
      away: [['<=', 0.05]],
      // With both segments held half a step apart: JS stays at log 2, the gap is θ + θ² / 2λ.
      'control/js': [
        ['>=', 0.69],
        ['<=', Math.LN2 + 1e-6],
      ],
      'control/gap': within(0.5 + 0.5 ** 2 / 20, 0.03),
    },
    controls: {
      control: {
        says: 'θ held at 0.5',
        change: (graph) =>
          withParams(muted(graph, 'move-m', 'move-w'), {
            'gm-theta': { value: 0.5 },
            'gw-theta': { value: 0.5 },
          }),
      },
    },
    derive: (figures) => ({
      moved: Math.abs(1 - at(figures, 'theta.mean')),
      away: Math.abs(at(figures, 'theta.mean2')),
      'control/js': Math.LN2 - at(figures, 'control/value.mean') / 2,
      'control/gap': at(figures, 'control/scores.mean') - at(figures, 'control/scores.mean2'),
    }),
  },
  {
    example: 'diffusion-gan',
    iterations: 300,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      away: [['<=', 0.05]],
      // Nothing is left to see: D's loss is that of a coin.
      'value.mean': within(2 * Math.LN2, 0.01),
      'control/theta.mean': [['>=', 0.9]],
    },
    controls: {
      control: {
        says: 'no blur',
        change: (graph) => withParams(graph, { blur: { least: 1, most: 1 } }),
      },
    },
    derive: (figures) => ({ away: Math.abs(at(figures, 'theta.mean')) }),
  },
  {
    example: 'adversarial-flow',
    iterations: 1_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'agreement.correlation': [['>=', 0.99]],
      'distance.distance': [['<=', 0.15]],
      // Maps that rise and maps that fall: two would agree in every second run.
      'control/agreement.correlation': [['<=', 0.9]],
    },
    controls: {
      control: { says: 'no transport, no penalties, twelve games', change: (graph) => plainGames(graph, 12) },
    },
  },
  {
    example: 'wgan-clipping',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: { 'quality.modes': [['>=', 8]], 'quality.highQuality': [['>=', 0.6]] },
    // From 1 to 3 modes and 0.04 at the start.
    brief: {
      iterations: 300,
      bars: { 'quality.modes': [['>=', 6]], 'quality.highQuality': [['>=', 0.15]] },
    },
  },
  {
    example: 'mode-seeking',
    iterations: 600,
    seeds: [1, 2, 3],
    fast: [],
    // The fitted widths in the order of the divergences. By quadrature the best single Gaussians have deviations
    // 1.22 for KL, 0.91 for Jensen-Shannon and 0.79 for reverse KL.
    bars: { 'kl/js': [['>=', 1.1]], 'js/reverse': [['>=', 1.05]] },
    controls: {
      control: {
        says: 'Jensen-Shannon for KL',
        change: (graph) => withParams(graph, { 'loss-kl': { divergence: 'jensen-shannon' } }),
      },
    },
    derive: (figures) => ({
      'kl/js': at(figures, 'width-kl.sd') / at(figures, 'control/width-kl.sd'),
      'js/reverse': at(figures, 'control/width-kl.sd') / at(figures, 'width-reverse.sd'),
    }),
  },
  {
    example: 'hinge',
    iterations: 8_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: covering(0.9, 0.03),
  },
  {
    example: 'relativistic',
    iterations: 12_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      ...covering(0.9, 0.03),
      // The mean of D's slopes at fakes.
      'slope.mean': [['<=', 20]],
      'control/slope.mean': [['>=', 100]],
    },
    controls: {
      control: {
        says: 'the same difference without a sigmoid',
        change: (graph) => replaced(graph, { loss: { kind: 'loss-wasserstein', params: {} } }),
      },
    },
  },
  {
    example: 'spectral-norm',
    iterations: 2_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      ...covering(0.6, 0.05),
      // Of 30 that the layers allow.
      'slope.max': [['<=', 8]],
      'control/slope.max': [['>=', 10]],
    },
    controls: {
      control: {
        says: 'no norms, the factor as it is',
        change: (graph) =>
          withParams(graph, {
            'd-dense-1': { spectralNorm: false },
            'd-dense-2': { spectralNorm: false },
            'd-dense-3': { spectralNorm: false },
          }),
      },
    },
  },
  {
    example: 'lsgan',
    iterations: 8_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: covering(0.9, 0.08),
  },
  {
    example: 'ebgan',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 6]],
      'quality.highQuality': [['>=', 0.5]],
      'control/quality.highQuality': [['<=', 0.3]],
    },
    controls: {
      control: { says: 'no margin', change: (graph) => withParams(graph, { loss: { margin: 0 } }) },
    },
  },
];

/** All modes, the ring's eight, so many samples of high quality, shares so even; of a variant by its name. */
function covering(highQuality: number, reverseKl: number, modes = 8, variant = ''): System['bars'] {
  return {
    [`${variant}quality.modes`]: [['>=', modes]],
    [`${variant}quality.highQuality`]: [['>=', highQuality]],
    [`${variant}quality.reverseKl`]: [['<=', reverseKl]],
  };
}

/** Denoising diffusion in one step: from noise, of which nothing is left, to data by one call of G. */
function inOneStep(graph: Graph): Graph {
  const whole = { steps: 1, betaEnd: 20 };
  const blocks = graph.blocks.map((block) => ({
    ...block,
    nodes: block.nodes.map((node) =>
      node.id === 'back' ? { ...node, params: { ...node.params, ...whole } } : node,
    ),
    wires: block.wires.map(([from, to]) => [to === 'step-1.x' ? 'noise.out' : from, to] as const),
  }));
  return withParams({ ...graph, blocks }, { pair: whole, back: whole });
}

/** f-GAN's bounds: never above the truth, by a share of it that is less than 1e-4 nats, and so near. */
function boundedWithin(share: number): System['bars'] {
  const gap = [
    ['>=', -8e-5],
    ['<=', share],
  ] as const;
  const names = ['kl', 'reverse-kl', 'jensen-shannon'];
  return Object.fromEntries(['', 'control/'].flatMap((of) => names.map((name) => [`${of}${name}.gap`, gap])));
}
