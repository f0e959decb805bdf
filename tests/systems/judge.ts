import { at, type Bar, type Figures, type System } from './system';
import type { Trained } from './train';

/** A figure held against its bars. */
export interface Judged {
  readonly name: string;
  readonly value: number;
  readonly isHeld: boolean;
}

/** A training and what came of it. */
export interface Outcome {
  readonly system: System;
  readonly seed: number;
  readonly seconds: number;
  readonly iterations: number;
  readonly figures: Figures;
  readonly judged: readonly Judged[];
  /** Why the training counts for nothing, whatever its figures are. */
  readonly failures: readonly string[];
}

/** NaN holds no bar. */
export const holds = (value: number, [sign, limit]: Bar): boolean =>
  sign === '>=' ? value >= limit : value <= limit;

export function judge(system: System, seed: number, trained: Trained): Outcome {
  const { iterations, seconds, figures, failures } = trained;
  const short = `ended at iteration ${iterations} of ${system.iterations}`;
  return {
    system,
    seed,
    seconds,
    iterations,
    figures,
    judged: Object.entries(system.bars).map(([name, bars]) => {
      const value = at(figures, name);
      return { name, value, isHeld: bars.every((bar) => holds(value, bar)) };
    }),
    failures: iterations === system.iterations ? failures : [...failures, short],
  };
}

export const passes = ({ judged, failures }: Outcome): boolean =>
  failures.length === 0 && judged.every(({ isHeld }) => isHeld);
