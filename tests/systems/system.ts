import type { Graph } from '@/lib/graph/schema';

/** What is measured of a trained run, by name. */
export type Figures = Readonly<Record<string, number>>;
export type Bar = readonly ['>=' | '<=', number];

export interface Control {
  readonly says: string;
  readonly change: (graph: Graph) => Graph;
}

/** A system: an example, how long it trains at which seeds, and what it must reach. */
export interface System {
  readonly example: string;
  readonly iterations: number;
  readonly seeds: readonly number[];
  /** Those that run where only minutes are to be spent. */
  readonly fast: readonly number[];
  /** What they then train, where the whole takes too long. */
  readonly brief?: Pick<System, 'iterations' | 'over' | 'averaged' | 'bars' | 'controls'>;
  /**
   * Every metric of the graph is a figure, `quality.modes`, and so is what it was before the training,
   * `start/quality.modes`. A figure with bars is held to all of them.
   */
  readonly bars: { readonly [figure: string]: readonly Bar[] };
  /** Variants of the graph, each trained, and those of controls too: figures are means over them. */
  readonly over?: readonly Control['change'][];
  /**
   * Metrics are taken every so many iterations from there on, and the means of each over them are figures too,
   * `averaged/moments.mean`: for games that circle the equilibrium.
   */
  readonly averaged?: { readonly from: number; readonly every: number };
  /** Figures of samples from one port, before and after the training. */
  readonly samples?: {
    readonly node: string;
    readonly port: string;
    readonly rows: number;
    readonly figures: (untrained: Float32Array, trained: Float32Array) => Figures;
  };
  /**
   * The same system with an idea switched off, or another put in its place, trained at the same seed for as long, by
   * name: mostly one, `control`. Its figures are `NAME/…`, and bars on them say how it must fail, or hold.
   */
  readonly controls?: Readonly<Record<string, Control>>;
  /** Figures that follow from others, the control's among them. */
  readonly derive?: (figures: Figures) => Figures;
}

/** Equal to a share of the value. */
export function within(value: number, tolerance: number): readonly Bar[] {
  return [
    ['>=', value * (1 - tolerance)],
    ['<=', value * (1 + tolerance)],
  ];
}

/** Where the two players of a game on paper stand. */
export const positionOf = (figures: Figures, of: string) => ({
  x: at(figures, `${of}state.mean`),
  y: at(figures, `${of}state.mean2`),
});

/** A figure that must be there: a bar on a metric that is gone fails. */
export function at(figures: Figures, name: string): number {
  const value = figures[name];
  if (value === undefined)
    throw new Error(`No figure "${name}"; there are: ${Object.keys(figures).join(', ')}`);
  return value;
}
