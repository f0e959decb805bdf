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

/** A game that cannot be looked at (for lack of memory, say) has no tints, and trains on. */
export const createTinter = (game: CompiledGame, clock: () => number): Tinter =>
  createGlimpses<LayerFigure, TintReport>({
    share: SHARE,
    clock,
    async take(figure) {
      const { iteration } = game.counters;
      const layers = await game.layers(figure).catch(() => ({}));
      return { iteration, figure, layers };
    },
  });
