import type { Graph } from '@/lib/graph/schema';
import { withParams } from '@/lib/train/testing/train';
import { replaced, rewired, squaredErrorOnly, withheld } from '../controls';
import { digitFigures } from '../digit-figures';
import { withEdits } from '../face-edits';
import { glyphFigures } from '../glyph-figures';
import { outlineFigures } from '../outline-figures';
import { at, type Control, type Figures, type System } from '../system';

const noClassTerm: Control = {
  says: 'no class term for G',
  change: (graph) => withParams(graph, { 'cost-g': { terms: { gan: 1, class: 0 } } }),
};

/** Every blend at its end, in G, in D and of the data. */
const grown = { alpha: 1 };
const fullyGrown = (graph: Graph): Graph =>
  withParams(graph, {
    ...{ 'g-fade-8': grown, 'g-fade-16': grown, 'd-fade-8': grown, 'd-fade-16': grown },
    ...{ 'coarser:coarse': grown, 'coarser:seen': grown },
  });

/** Images: digits, and shapes that are enlarged. */
export const images: readonly System[] = [
  {
    example: 'dcgan-glyphs',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'fake', port: 'image', rows: 500, figures: glyphFigures },
    bars: {
      classes: [['>=', 8]],
      distance: [['<=', 0.6]],
      'shuffled/passes': [['<=', 0]],
    },
  },
  {
    example: 'dcgan-16',
    iterations: 5_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'average', port: 'image', rows: 2_000, figures: digitFigures(16) },
    bars: {
      classes: [['>=', 9]],
      error: [['<=', 0.1]],
      'classifier error': [['<=', 0.02]],
      'virtual/classes': [['>=', 9]],
      'virtual/error': [['<=', 0.1]],
      'control/error': [['>=', 0.25]],
    },
    controls: {
      virtual: {
        says: 'virtual batch norm in G',
        change: (graph) =>
          replaced(
            graph,
            Object.fromEntries(
              ['g-norm-1', 'g-norm-2', 'g-norm-3'].map((id) => [
                id,
                { kind: 'virtual-batch-norm', params: {} },
              ]),
            ),
          ),
      },
      control: { says: 'one latent for all', change: (graph) => withheld(graph, 64, 'fake.z', 'average.z') },
    },
  },
  {
    example: 'progressive-growing',
    iterations: 5_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'average', port: 'image', rows: 2_000, figures: digitFigures(16) },
    bars: {
      classes: [['>=', 9]],
      error: [['<=', 0.1]],
      'classifier error': [['<=', 0.02]],
      distance: [['<=', 1.1]],
      'plain/classes': [['>=', 9]],
    },
    controls: {
      // As many iterations, which take it longer: a stricter comparison than one at equal time.
      plain: { says: 'as large from the start', change: fullyGrown },
    },
    derive: (figures) => ({
      distance: at(figures, 'distance.distance') / at(figures, 'plain/distance.distance'),
    }),
  },
  {
    example: 'stylegan2',
    iterations: 4_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'average', port: 'image', rows: 2_000, figures: digitFigures(16) },
    bars: {
      classes: [['>=', 9]],
      error: [['<=', 0.1]],
      'classifier error': [['<=', 0.02]],
      'control/error': [['>=', 0.25]],
    },
    controls: {
      control: {
        // Noise alone draws digits.
        says: 'one latent for all, no noise',
        change: (graph) => {
          const still = withheld(graph, 32, 'style.z', 'style-averaged.z');
          const bypassed = { noise: { state: 'bypassed' } } as const;
          return { ...still, blocks: still.blocks.map((block) => replaced(block, bypassed)) };
        },
      },
    },
  },
  {
    example: 'conditional-gan-glyphs',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'average', port: 'image', rows: 2_000, figures: digitFigures(16) },
    bars: {
      'labels.agreement': [['>=', 0.95]],
      classes: [['>=', 10]],
      error: [['<=', 0.06]],
      'classifier error': [['<=', 0.02]],
      'control/labels.agreement': [['<=', 0.2]],
    },
    controls: {
      control: {
        says: 'labels withheld from D',
        change: (graph) => withheld(graph, 10, 'd-fake.y', 'd-real.y'),
      },
    },
  },
  {
    example: 'stacked-glyphs',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'average', port: 'image', rows: 700, figures: digitFigures(16, 3) },
    bars: {
      'quality.modes': [['>=', 900]],
      'quality.reverseKl': [['<=', 0.35]],
      error: [['<=', 0.25]],
      'control/unevenness': [['>=', 1.5]],
    },
    controls: {
      control: {
        says: 'no minibatch deviation',
        change: (graph) => rewired(graph, { 'd-flatten.in': 'd-act-3.out' }),
      },
    },
    derive: (figures) => ({
      'control/unevenness': at(figures, 'control/quality.reverseKl') / at(figures, 'quality.reverseKl'),
    }),
  },
  {
    example: 'ac-gan-glyphs',
    iterations: 1_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'labels.agreement': [['>=', 0.95]],
      'accuracy.accuracy': [['>=', 0.95]],
      'quality.coverage': [['>=', 10]],
      'quality.nearestError': [['<=', 0.25]],
      'quality.classifierError': [['<=', 0.02]],
      'control/labels.agreement': [['<=', 0.2]],
      'control/quality.nearestError': [['>=', 0.25]],
    },
    controls: { control: noClassTerm },
  },
  {
    example: 'mnist-acgan',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'labels.agreement': [['>=', 0.95]],
      'accuracy.accuracy': [['>=', 0.95]],
      'quality.coverage': [['>=', 10]],
      'quality.nearestError': [['<=', 0.2]],
      'control/labels.agreement': [['<=', 0.2]],
    },
    controls: { control: noClassTerm },
  },
  {
    example: 'infogan-glyphs',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'average', port: 'image', rows: 2_000, figures: digitFigures(16) },
    bars: {
      'information.information': [['>=', 0.95 * Math.log(10)]],
      'classes.accuracy': [['>=', 0.8]],
      'ways.correlation': [['>=', 0.7]],
      classes: [['>=', 10]],
      error: [['<=', 0.1]],
      'control/information.information': [['<=', 0.25]],
      'control/classes.accuracy': [['<=', 0.4]],
    },
    controls: {
      control: {
        says: 'no information term for G',
        change: (graph) => withParams(graph, { 'cost-g': { terms: { gan: 1, class: 0, way: 0 } } }),
      },
    },
  },
  {
    example: 'bigan-glyphs',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'probe-e.accuracy': [['>=', 0.95]],
      'more than pixels': [['>=', 0.03]],
      'more than D of a plain game': [['>=', 0]],
      'more than E untrained': [['>=', 0.03]],
      'reconstruction.ratio': [['<=', 0.7]],
      'control/reconstruction.ratio': [['>=', 0.9]],
    },
    controls: {
      // D is then that of a plain game, and E stays as it began.
      control: {
        says: 'codes withheld from D',
        change: (graph) => withheld(graph, 32, 'd-fake.z', 'd-real.z', 'seen.z'),
      },
    },
    derive: (figures) => {
      const more = (than: string) => at(figures, 'probe-e.accuracy') - at(figures, `${than}.accuracy`);
      return {
        'more than pixels': more('probe-x'),
        'more than D of a plain game': more('control/probe-d'),
        'more than E untrained': more('control/probe-e'),
      };
    },
  },
  {
    example: 'latent-arithmetic',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    over: [withEdits],
    bars: {
      'read.legal': [['>=', 0.5]],
      'read.least': [['>=', 0.2]],
      'glasses.hit': [['>=', 0.8]],
      above: [['>=', 0.2]],
      // Edits of the upper half, towards what G makes of another z: how much less they miss it by.
      fall: [['>=', 10]],
      'move, to the stiff one': [['>=', 1]],
    },
    derive: (figures) => ({
      above: at(figures, 'glasses.hit') - at(figures, 'by-chance.hit'),
      fall: at(figures, 'loose-edit.mean') / at(figures, 'loose-edit.mean2'),
      'fall of the stiff one': at(figures, 'stiff-edit.mean') / at(figures, 'stiff-edit.mean2'),
      'move, to the stiff one': at(figures, 'loose-edit.mean3') / at(figures, 'stiff-edit.mean3'),
    }),
  },
  {
    example: 'text-to-image',
    iterations: 1_400,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'seen.all': [['>=', 0.85]],
      'unseen.all': [['>=', 0.5]],
      'control/lost': [['>=', 0.25]],
    },
    controls: {
      control: {
        says: 'no wrong captions',
        change: (graph) => withParams(graph, { loss: { terms: { right: 1, wrong: 0, made: 0.5 } } }),
      },
    },
    derive: (figures) => ({ 'control/lost': at(figures, 'seen.all') - at(figures, 'control/seen.all') }),
  },
  {
    example: '3d-gan',
    iterations: 1_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'quality.fit': [['>=', 0.85]],
      'quality.least': [['>=', 0.4]],
      'control/quality.fit': [['<=', 0.8]],
      'control/quality.least': [['<=', 0.05]],
    },
    controls: {
      // G then makes the mean of all solids, whatever z is.
      control: {
        says: 'squared error alone',
        change: (graph) => squaredErrorOnly(graph, 'fake.solid', 'data.x'),
      },
    },
  },
  {
    example: 'cyclegan-shapes',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    samples: { node: 'fake-b', port: 'b', rows: 500, figures: outlineFigures(24) },
    bars: {
      'domain-a:cycle.ratio': [['<=', 0.35]],
      'domain-b:cycle.ratio': [['<=', 0.65]],
      // Form, size, column and row, all four.
      'domain-a:read.all': [['>=', 0.6]],
      'domain-b:read.all': [['>=', 0.6]],
      'domain-a:read.legal': [['>=', 0.7]],
      // The look of side B: G starts at the identity, which keeps all else.
      blue: [['>=', 0.95]],
      bright: [
        ['>=', 0.5],
        ['<=', 1.3],
      ],
      'control/domain-a:cycle.ratio': [['>=', 0.8]],
      'control/domain-b:cycle.ratio': [['>=', 0.8]],
      'control/kept': [['<=', 0.3]],
    },
    controls: {
      control: {
        says: 'no cycle',
        change: (graph) =>
          withParams(graph, { 'cost-g': { terms: { b: 1, a: 1, 'cycle-a': 0, 'cycle-b': 0 } } }),
      },
    },
    derive: (figures) => ({
      'control/kept': Math.min(
        at(figures, 'control/domain-a:read.all'),
        at(figures, 'control/domain-b:read.all'),
      ),
    }),
  },
  {
    example: 'stargan-shapes',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'look.all': [['>=', 0.95]],
      // Form, size and place too.
      'kept.all': [['>=', 0.8]],
      'control/look.all': [['<=', 0.4]],
    },
    controls: {
      control: {
        says: 'no class term for G',
        change: (graph) => withParams(graph, { 'cost-g': { terms: { gan: 1, style: 0, back: 5 } } }),
      },
    },
  },
  {
    example: 'srgan',
    iterations: 1_500,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      gain: [['>=', 4]],
      'large.sharpness': [
        ['>=', 0.95],
        ['<=', 1.25],
      ],
      'small.psnr': [['>=', 30]],
      grey: [['<=', 1.15]],
      'control/gain': [['>=', 5]],
      'control/grey': [['>=', 1.2]],
    },
    controls: {
      control: {
        says: 'squared error alone',
        change: (graph) => squaredErrorOnly(graph, 'fake.high', 'data.target'),
      },
    },
    derive: (figures) => ({ ...enlarged(figures, ''), ...enlarged(figures, 'control/') }),
  },
];

/** dB above bicubic, and the share of grey, 1 less the mean of squares between -1 and 1, to that of the data. */
function enlarged(figures: Figures, of: string): Figures {
  const grey = (which: string) =>
    1 - at(figures, `${of}ink.mean${which}`) ** 2 - at(figures, `${of}ink.sd${which}`) ** 2;
  return {
    [`${of}gain`]: at(figures, `${of}large.psnr`) - at(figures, `${of}plain.psnr`),
    [`${of}grey`]: grey('2') / grey(''),
  };
}
