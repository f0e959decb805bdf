import { withParams } from '@/lib/train/testing/train';
import { replaced, rewired, squaredErrorOnly, withheld } from '../controls';
import { at, type Control, type Figures, type System } from '../system';

/** Labels, encoders, translation, discrete data and limited data. */
export const furtherModels: readonly System[] = [
  {
    example: 'conditional-gan',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'labels.agreement': [['>=', 0.95]],
      'labels.mutualInformation': [['>=', 1.9]],
      'control/labels.agreement': [['<=', 0.2]],
      'control/labels.mutualInformation': [['<=', 0.2]],
    },
    controls: {
      control: {
        says: 'labels withheld from D',
        change: (graph) => withheld(graph, 8, 'd-fake.y', 'd-real.y'),
      },
    },
  },
  {
    example: 'infogan',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'information.information': [['>=', 0.95 * Math.log(8)]],
      'classes.accuracy': [['>=', 0.95]],
      'control/labels.mutualInformation': [['<=', 0.1]],
    },
    controls: {
      control: {
        says: 'no information term for G',
        change: (graph) => withParams(graph, { 'cost-g': { terms: { gan: 1, code: 0 } } }),
      },
    },
  },
  {
    example: 'semi-supervised',
    iterations: 1_200,
    seeds: [1, 2, 3],
    fast: [1],
    // Five sets of six labelled points, each from two starts: a set comes out all right or with a moon's end wrong.
    over: [0, 1_000].flatMap((start) => [0, 1, 2, 3, 4].map((draw) => fewFrom(start, draw))),
    bars: {
      'with:accuracy.error': [['<=', 0.1]],
      'with/without': [['<=', 0.6]],
      'control/with:accuracy.error': [['>=', 0.12]],
    },
    controls: {
      control: {
        says: 'G on the objective of its own, no feature matching',
        change: (graph) => rewired(graph, { 'adam-g.loss': 'loss.g' }),
      },
    },
    derive: (figures) => ({
      'with/without': at(figures, 'with:accuracy.error') / at(figures, 'without:accuracy.error'),
    }),
    // One set, a fourth of the time: the six labels alone come to 0.148.
    brief: {
      iterations: 300,
      over: [(graph) => graph],
      bars: { 'with:accuracy.error': [['<=', 0.13]] },
      controls: {},
    },
  },
  {
    example: 'bigan',
    iterations: 4_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'reconstruction.ratio': [['<=', 0.15]],
      'reconstruction.sameMode': [['>=', 0.95]],
      'quality.modes': [['>=', 8]],
      'control/reconstruction.ratio': [['>=', 0.5]],
    },
    controls: {
      // An encoder that is left untrained is no certain control: G may learn to invert it.
      control: {
        says: 'D sees codes of other samples',
        change: (graph) =>
          rewired(
            graph,
            { 'shuffled.in': 'data.x', 'encoded.x': 'shuffled.out' },
            { id: 'shuffled', kind: 'shuffle', at: [0, 0], params: {} },
          ),
      },
    },
  },
  {
    example: 'projection',
    iterations: 1_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'found.within': [['>=', 0.95]],
      // Edits towards what G makes of another z, in the upper half: how much less they miss it by.
      'fall at 0.001': [['>=', 10]],
      'move at 0.001 to 0.01': [['>=', 1]],
      'move at 0.01 to 0.1': [['>=', 1]],
    },
    derive: (figures) => {
      const of = (edit: string, figure: string) => at(figures, `${edit}:figures.${figure}`);
      const fall = (edit: string) => of(edit, 'mean') / of(edit, 'mean2');
      return {
        'fall at 0.001': fall('loose'),
        'fall at 0.01': fall('middle'),
        'fall at 0.1': fall('stiff'),
        'move at 0.001 to 0.01': of('loose', 'mean3') / of('middle', 'mean3'),
        'move at 0.01 to 0.1': of('middle', 'mean3') / of('stiff', 'mean3'),
      };
    },
  },
  {
    example: 'cyclegan',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'domain-x:cycle.l1': [['<=', 0.02]],
      'domain-y:cycle.l1': [['<=', 0.02]],
      'domain-y:right.sameMode': [['>=', 0.98]],
      'domain-x:right.sameMode': [['>=', 0.98]],
      'domain-y:quality.highQuality': [['>=', 0.95]],
      'control/domain-x:cycle.l1': [['>=', 0.05]],
    },
    controls: {
      control: {
        says: 'no cycle',
        change: (graph) => withParams(graph, { 'cost-g': { terms: { y: 2, x: 2, c: 0, d: 0 } } }),
      },
    },
  },
  {
    example: 'alignflow',
    iterations: 1_500,
    seeds: [1, 2, 3],
    fast: [],
    averaged: { from: 100, every: 100 },
    bars: {
      // The cycle closes trained or not. Of fifteen measures none is above 1e-4 where their mean is no more than this.
      'start/cycle:cycle.l1': [['<=', 1e-4]],
      'averaged/cycle:cycle.l1': [['<=', 1e-4 / 15]],
      'gap of x': [['<=', 0.5]],
      'gap of y': [['<=', 0.5]],
      'control/gap of x': [['>=', 1]],
      'control/gap of y': [['>=', 1]],
    },
    controls: {
      control: {
        says: 'no likelihoods',
        change: (graph) =>
          withParams(graph, { 'cost-g': { terms: { x: 1, y: 1, 'log-p-x': 0, 'log-p-y': 0 } } }),
      },
    },
    derive: (figures) => ({ ...likelihoodGaps(figures, ''), ...likelihoodGaps(figures, 'control/') }),
  },
  {
    example: 'stargan',
    iterations: 1_200,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'labels.agreement': [['>=', 0.95]],
      'cycle.mean': [['<=', 0.15]],
      'kept.correlation': [['>=', 0.9]],
      'control/labels.agreement': [['<=', 0.4]],
      'no way back/kept.correlation': [['<=', 0.9]],
      'no way back/cycle.mean': [['>=', 0.45]],
    },
    controls: {
      control: {
        says: 'no class term for G',
        change: (graph) => withParams(graph, { 'cost-g': { terms: { gan: 1, domain: 0, back: 10 } } }),
      },
      'no way back': {
        says: 'no reconstruction term',
        change: (graph) => withParams(graph, { 'cost-g': { terms: { gan: 1, domain: 1, back: 0 } } }),
      },
    },
  },
  {
    example: 'pix2pix',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.legal': [['>=', 0.85]],
      'quality.fit': [['>=', 0.95]],
      'control/quality.legal': [['<=', 0.05]],
    },
    controls: {
      control: {
        says: 'squared error instead of D and L1',
        change: (graph) => squaredErrorOnly(graph, 'fake.b', 'data.target'),
      },
    },
  },
  {
    example: 'self-attention',
    iterations: 4_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.legal': [['>=', 0.85]],
      'quality.fit': [['>=', 0.95]],
      'quality.least': [['>=', 0.5]],
      'control/quality.least': [['<=', 0.1]],
    },
    controls: {
      control: {
        says: 'no attention',
        change: (graph) =>
          replaced(graph, { 'g-attention-1': { state: 'bypassed' }, 'g-attention-2': { state: 'bypassed' } }),
      },
    },
  },
  {
    example: 'next-frame',
    iterations: 5_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'sharp.legal': [['>=', 0.7]],
      rarer: [['>=', 0.3]],
      'control/sharp.legal': [['<=', 0.05]],
      'control/error': [
        ['>=', 0.48],
        ['<=', 0.52],
      ],
    },
    controls: {
      control: {
        says: 'squared error instead of D',
        change: (graph) =>
          rewired(
            squaredErrorOnly(graph, 'fake.b', 'data.target'),
            { 'error.in': 'mse.out' },
            { id: 'error', kind: 'metric-value', at: [0, 0], params: {} },
          ),
      },
    },
    derive: (figures) => ({
      // The share of the rarer side among legal frames.
      rarer: at(figures, 'sharp.least') / 2 / at(figures, 'sharp.legal'),
      // Of 64 pixels between -1 and 1, as the sum over pixels between 0 and 1.
      'control/error': (64 / 4) * at(figures, 'control/error.mean'),
    }),
  },
  {
    example: 'next-frame-digits',
    iterations: 1_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'read.legal': [['>=', 0.85]],
      'read.least': [['>=', 0.5]],
      // A digit that leaves the frame takes its ink along.
      whole: [['>=', 0.98]],
      'control/read.legal': [['<=', 0.05]],
    },
    controls: {
      // With the draw a frame is sharp whatever the loss.
      control: {
        says: 'squared error instead of D, a softmax instead of the draw',
        change: (graph) =>
          replaced(squaredErrorOnly(graph, 'fake.b', 'data.target'), {
            'g-draw': { kind: 'softmax', params: {} },
          }),
      },
    },
    derive: (figures) => ({ whole: (at(figures, 'ink.mean2') + 1) / (at(figures, 'ink.mean') + 1) }),
  },
  {
    example: 'discrete-outputs',
    iterations: 4_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 8]],
      'quality.totalVariation': [['<=', 0.03]],
      'control/quality.totalVariation': [['>=', 0.5]],
    },
    controls: {
      control: {
        says: 'soft choices',
        change: (graph) => withParams(graph, { pick: { hard: false } }),
      },
    },
  },
  {
    example: 'grammar',
    iterations: 2_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.legal': [['>=', 0.8]],
      // Four lengths: each has at least a tenth.
      'quality.least': [['>=', 0.4]],
      'quality.distinct': [['>=', 400]],
    },
  },
  {
    example: 'ac-gan',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'labels.agreement': [['>=', 0.95]],
      'accuracy.accuracy': [['>=', 0.95]],
      'labels.spread': [['>=', 0.5]],
    },
  },
];

/** With the labelled set of this draw, and networks from another start. */
function fewFrom(start: number, draw: number): Control['change'] {
  return ({ settings, ...graph }) =>
    withParams({ ...graph, settings: { ...settings, seed: settings.seed + start } }, { few: { draw } });
}

/** Nats that the flows leave out of the entropies of three Gaussians, of deviations 0.15 and 0.165. */
function likelihoodGaps(figures: Figures, of: string): Figures {
  const shares = -[0.5, 0.3, 0.2].reduce((sum, share) => sum + share * Math.log(share), 0);
  const entropy = (sd: number) => shares + Math.log(2 * Math.PI * Math.E * sd ** 2);
  return {
    [`${of}gap of x`]: -at(figures, `${of}fit.mean`) - entropy(0.15),
    [`${of}gap of y`]: -at(figures, `${of}fit.mean2`) - entropy(0.165),
  };
}
