import { glyphFigures } from './glyph-figures';

/** What is measured of a trained run, by name. */
export type Figures = Readonly<Record<string, number>>;
export type Bar = readonly ['>=' | '<=', number];

/** A system: an example, how long it trains at which seeds, and what it must reach. */
export interface System {
  readonly example: string;
  readonly iterations: number;
  readonly seeds: readonly number[];
  /** Those that run where only minutes are to be spent. */
  readonly fast: readonly number[];
  /**
   * Every metric of the graph is a figure, `quality.modes`, and so is what it was before the training,
   * `start/quality.modes`. A figure with bars is held to all of them.
   */
  readonly bars: { readonly [figure: string]: readonly Bar[] };
  /** Figures of samples from one port, before and after the training. */
  readonly samples?: {
    readonly node: string;
    readonly port: string;
    readonly rows: number;
    readonly figures: (untrained: Float32Array, trained: Float32Array) => Figures;
  };
  /** Figures that follow from others. */
  readonly derive?: (figures: Figures) => Figures;
}

/** Every system that is proven to learn. Adding one is its document and a row here. */
export const systems: readonly System[] = [
  {
    example: 'ring',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: {
      'quality.modes': [['>=', 8]],
      'quality.highQuality': [['>=', 0.85]],
      'quality.reverseKl': [['<=', 0.1]],
    },
  },
  {
    example: 'gaussian-1d',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: {
      'moments.mean': [
        ['>=', 3.75],
        ['<=', 4.25],
      ],
      'moments.sd': [
        ['>=', 1],
        ['<=', 1.5],
      ],
      'distance.distance': [['<=', 0.32]],
    },
  },
  {
    example: 'gan-lab',
    iterations: 5_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: { 'distance.distance': [['<=', 0.1]] },
  },
  {
    example: 'minimax-vs-non-saturating',
    iterations: 500,
    seeds: [1, 2, 3],
    fast: [1],
    bars: {
      'minimax/moved': [['<=', 0.25]],
      'heuristic-distance.distance': [['<=', 0.3]],
    },
    derive: (figures) => ({
      'minimax/moved':
        at(figures, 'start/minimax-distance.distance') - at(figures, 'minimax-distance.distance'),
    }),
  },
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
];

/** A figure that must be there: a bar on a metric that is gone fails. */
export function at(figures: Figures, name: string): number {
  const value = figures[name];
  if (value === undefined)
    throw new Error(`No figure "${name}"; there are: ${Object.keys(figures).join(', ')}`);
  return value;
}
