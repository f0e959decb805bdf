import { withParams } from '@/lib/train/testing/train';
import { muted, replaced, rewired } from '../controls';
import { at, type System } from '../system';

/** Of five modes. */
const collapsedAndCured: System['bars'] = {
  'quality.modes': [['<=', 2]],
  'quality.totalVariation': [['>=', 0.6]],
  'cured/quality.modes': [['>=', 5]],
  'cured/quality.totalVariation': [['<=', 0.2]],
};

/** What loses modes, and what brings them back. */
export const modeCoverage: readonly System[] = [
  {
    example: 'r1-gan',
    iterations: 5_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 9]],
      'quality.totalVariation': [['<=', 0.3]],
      'quality.reverseKl': [['<=', 0.1]],
      'control/quality.reverseKl': [['>=', 0.4]],
      'control/quality.totalVariation': [['>=', 0.45]],
    },
    controls: { control: { says: 'no R1', change: (graph) => muted(graph, 'r1') } },
  },
  {
    example: 'unrolled-gan',
    iterations: 2_400,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 8]],
      'control/fewer': [['>=', 1]],
    },
    controls: {
      control: {
        says: 'no look ahead',
        change: (graph) => withParams(graph, { 'adam-g': { unroll: 0 } }),
      },
    },
    derive: (figures) => ({
      'control/fewer': at(figures, 'quality.modes') - at(figures, 'control/quality.modes'),
    }),
  },
  {
    example: 'minibatch-statistics',
    iterations: 10_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.modes': [['>=', 9]],
      'quality.totalVariation': [['<=', 0.25]],
      'control/quality.totalVariation': [['>=', 0.45]],
    },
    controls: {
      control: {
        says: 'every example judged alone',
        change: (graph) => rewired(graph, { 'd-dense-2.in': 'd-act-1.out', 'd-dense-3.in': 'd-act-2.out' }),
      },
    },
  },
  {
    example: 'virtual-batch-norm',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'moved.mean': [['<=', 1e-6]],
      'quality.modes': [['>=', 7]],
      'quality.highQuality': [['>=', 0.6]],
      'control/moved.mean': [['>=', 0.1]],
    },
    controls: {
      control: {
        says: 'batch norm',
        change: (graph) =>
          replaced(graph, { 'g-norm-1': { kind: 'batch-norm' }, 'g-norm-2': { kind: 'batch-norm' } }),
      },
    },
  },
  {
    example: 'mode-collapse',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: collapsedAndCured,
    brief: { iterations: 1_500, bars: collapsedAndCured },
    controls: {
      cured: {
        says: 'one step of G for one of D',
        change: (graph) => withParams(graph, { 'adam-g': { steps: 1 } }),
      },
    },
  },
];
