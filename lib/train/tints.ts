import type { CompiledGame } from '@/lib/compile/tf/game';
import type { LayerFigure, LayerFigures } from '@/lib/compile/tf/layer-figures';
import { createGlimpses, type Glimpses } from './glimpses';

/** By what layers are tinted, and the number of each that has one. */
export interface TintReport {
  readonly iteration: number;
  readonly figure: LayerFigure;
  readonly layers: LayerFigures;
}

/** Of a run's time. */
const SHARE = 0.1;

export type Tinter = Glimpses<LayerFigure | undefined, TintReport>;

export const createTinter = (game: CompiledGame, clock: () => number): Tinter =>
  createGlimpses<LayerFigure, TintReport>({ share: SHARE, clock, take: (figure) => takeTints(game, figure) });

/** A game that cannot be looked at (for lack of memory, say) has no tints, and trains on. */
export async function takeTints(game: CompiledGame, figure: LayerFigure): Promise<TintReport> {
  const { iteration } = game.counters;
  const layers = await game.layers(figure).catch(() => ({}));
  return { iteration, figure, layers };
}
