import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import { formatNumber } from '@/lib/draw/text';

interface Scale {
  readonly title: string;
  /** What the number is, for whoever rests on it. */
  readonly help: string;
  /** Powers of ten from the first to the last colour. */
  readonly powers: readonly [least: number, most: number];
  say(value: number): string;
}

/** The scales by which layers are coloured; fixed, so that a colour means the same at every iteration. */
export const tintScales: Readonly<Record<LayerFigure, Scale>> = {
  gradient: {
    title: 'Gradient norm',
    help: '‖∂J/∂θ‖ of the layer’s weights, J the loss of the player that moves them',
    powers: [-5, 1],
    say: formatNumber,
  },
  step: {
    title: 'Step / weight',
    help: '‖Δθ‖ / ‖θ‖: how far the next step moves the layer’s weights; about 1e-3 is usual',
    powers: [-5, -1],
    say: formatNumber,
  },
  off: {
    title: 'Dead units',
    help: 'Share of a ReLU’s units that are off for every example of a batch',
    powers: [-2, 0],
    say: (share) => `${Number((100 * share).toFixed(1))} %`,
  },
};

/** Where a number is on its scale, by its logarithm: 0 to 1. */
export function placeOf(figure: LayerFigure, value: number): number {
  const [least, most] = tintScales[figure].powers;
  // What is not finite has outgrown every scale.
  if (!Number.isFinite(value)) return 1;
  return Math.min(1, Math.max(0, (Math.log10(value) - least) / (most - least)));
}
