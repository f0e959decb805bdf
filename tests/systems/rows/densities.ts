import { withParams } from '@/lib/train/testing/train';
import { muted, rewired, withheld } from '../controls';
import { at, type System, within } from '../system';

/** Explicit densities, and a GAN beside one. */
export const densities: readonly System[] = [
  {
    example: 'vae',
    iterations: 2_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: { 'quality.highQuality': [['<=', 0.3]], 'quality.reverseKl': [['<=', 0.1]] },
  },
  {
    example: 'vae-gan',
    iterations: 1_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 8]],
      'quality.highQuality': [['>=', 0.7]],
      'kept.sameMode': [['>=', 0.75]],
      'control/lost': [['>=', 0.15]],
    },
    controls: {
      control: {
        says: 'the squared error of x, and no D',
        change: (graph) =>
          withParams(rewired(muted(graph, 'adam-d'), { 'like.a': 'coded.x', 'like.b': 'data.x' }), {
            cost: { terms: { gan: 0, like: 1, kl: 0.3 } },
          }),
      },
    },
    derive: (figures) => ({
      'control/lost': at(figures, 'quality.highQuality') - at(figures, 'control/quality.highQuality'),
    }),
  },
  {
    example: 'belief-net',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    // The data's entropy, in nats.
    bars: { gap: [['<=', 0.08]], 'control/gap': [['>=', 1.5]] },
    controls: {
      control: {
        says: 'independent bits',
        change: (graph) => withheld(graph, 10, 'logits.x'),
      },
    },
    derive: (figures) => ({
      gap: at(figures, 'fit.mean') - 5.2956,
      'control/gap': at(figures, 'control/fit.mean') - 5.2956,
    }),
  },
  {
    example: 'linear-vae',
    iterations: 4_000,
    seeds: [1, 2, 3],
    fast: [],
    // Probabilistic PCA of variances 4.09, 1.09 and three times 0.09.
    bars: { gap: [['<=', 0.02]], noise: within(0.09, 0.02) },
    derive: (figures) => ({
      gap:
        at(figures, 'fit.mean') -
        (5 * Math.log(2 * Math.PI) + Math.log(4.09) + Math.log(1.09) + 3 * Math.log(0.09) + 5) / 2,
      noise: Math.exp(at(figures, 'fit.mean2')),
    }),
  },
  {
    example: 'flow',
    iterations: 2_500,
    seeds: [1, 2, 3],
    fast: [],
    // Nats that the data's entropy leaves out.
    bars: { gap: [['<=', 0.15]] },
    derive: (figures) => ({ gap: -at(figures, 'fit.mean') - 1.0077 }),
  },
];
