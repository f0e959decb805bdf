import { muted, replaced } from '../controls';
import { digitFigures } from '../digit-figures';
import { at, type System } from '../system';

/** Few examples, which D could learn by heart. */
export const limitedData: readonly System[] = [
  {
    example: 'lecam',
    iterations: 1_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: { gap: [['<=', 1.2]], 'gap, to the control': [['<=', 0.5]] },
    controls: { control: { says: 'no regulariser', change: (graph) => muted(graph, 'lecam') } },
    derive: (figures) => {
      const gapOf = (of: string) => at(figures, `${of}scores.mean`) - at(figures, `${of}scores.mean2`);
      return { gap: gapOf(''), 'gap, to the control': gapOf('') / gapOf('control/') };
    },
  },
  {
    example: 'adaptive-augmentation',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'average', port: 'image', rows: 2_000, figures: digitFigures(16) },
    // Over the second half: r swings about its target, and so does what 300 samples have copied.
    averaged: { from: 3_000, every: 150 },
    bars: {
      classes: [['>=', 10]],
      'error, to the control': [['<=', 0.95]],
      'copying, more than the control': [['>=', 0.3]],
      r: [
        ['>=', 0.5],
        ['<=', 0.7],
      ],
      'control/r': [['>=', 0.95]],
      'classifier error': [['<=', 0.02]],
    },
    controls: {
      control: {
        says: 'no augmentation',
        change: (graph) => replaced(graph, { ada: { state: 'bypassed' } }),
      },
    },
    derive: (figures) => ({
      'error, to the control': at(figures, 'error') / at(figures, 'control/error'),
      'copying, more than the control':
        at(figures, 'averaged/copying.score') - at(figures, 'control/averaged/copying.score'),
      r: 2 * at(figures, 'averaged/opinion.positive') - 1,
      'control/r': 2 * at(figures, 'control/averaged/opinion.positive') - 1,
    }),
  },
];
