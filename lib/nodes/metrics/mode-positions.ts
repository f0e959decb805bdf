import { pythonList } from '@/lib/data/python';
import { type Modes, sdOf, type Truth, weightOf } from '@/lib/data/truth';
import type { WeightedMode } from '@/lib/metrics/modes';

/** The known modes of samples of so many numbers; undefined where none are known, or of other dims. */
export function modePositions(truth: Truth | undefined, dims: number): readonly WeightedMode[] | undefined {
  const modes: Modes | undefined = truth?.modes;
  if (modes?.centres[0]?.length !== dims) return undefined;
  return modes.centres.map((centre, mode) => ({
    centre,
    weight: weightOf(modes, mode),
    sd: Array.from({ length: dims }, (_, axis) => sdOf(modes, mode, axis)),
  }));
}

/** Centres and deviations, as two arguments in Python. */
export const modeListsPython = (modes: readonly WeightedMode[]): string =>
  `(${pythonList(modes.map(({ centre }) => centre))}, ${pythonList(modes.map(({ sd }) => sd))})`;
