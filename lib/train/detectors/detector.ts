import type { Health } from '../health';
import type { PlanDuel } from '../plan-duels';

/** What goes wrong in the training of GANs, as a rule over the health of a run. */
export interface Detector {
  readonly id: DetectorId;
  readonly title: string;
  readonly source: { readonly label: string; readonly url: string };
  /** Of the checks so far, the newest last. */
  find(history: readonly Health[], duels: readonly PlanDuel[]): readonly Found[];
}

export type DetectorId =
  | 'mode-collapse'
  | 'vanishing-gradient'
  | 'saturation'
  | 'oscillation'
  | 'exploding'
  | 'dead-units'
  | 'not-finite'
  | 'copying'
  | 'few-examples'
  | 'weak-judge';

export interface Found {
  /** The node or network it is about, by its plain id. */
  readonly node: string;
  /** The loss of the duel that it is about, by its plain id. */
  readonly loss?: string;
  /** What was seen, with its numbers. */
  readonly message: string;
  /** In so many checks in a row, the newest included; absent: in that one alone. */
  readonly checks?: number;
}

/** A figure in the last so many checks, oldest first; undefined where one of them lacks it. */
export function lastOf(
  history: readonly Health[],
  figure: string,
  count: number,
): readonly number[] | undefined {
  if (history.length < count) return undefined;
  const values = history.slice(-count).map(({ figures }) => figures[figure]);
  return values.every((value) => value !== undefined) ? (values as number[]) : undefined;
}

/** The names of what figures of one sort are about: `off.` of `off.g-relu-1` gives `g-relu-1`. */
export const subjectsOf = (history: readonly Health[], sort: string): readonly string[] =>
  Object.keys(history.at(-1)?.figures ?? {})
    .filter((name) => name.startsWith(sort))
    .map((name) => name.slice(sort.length));

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const percent = (share: number): string => `${Math.round(100 * share)} %`;
export const short = (value: number): string => String(Number(value.toPrecision(2)));
