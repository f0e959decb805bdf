import type { Health } from '../health';
import type { PlanDuel } from '../plan-duels';
import { copying } from './copying';
import { deadUnits } from './dead-units';
import type { Detector, DetectorId, Found } from './detector';
import { exploding } from './exploding';
import { fewExamples } from './few-examples';
import { modeCollapse } from './mode-collapse';
import { notFinite } from './not-finite';
import { oscillation } from './oscillation';
import { saturation } from './saturation';
import { vanishingGradient } from './vanishing-gradient';
import { weakJudge } from './weak-judge';

export const detectors: readonly Detector[] = [
  modeCollapse,
  vanishingGradient,
  saturation,
  oscillation,
  exploding,
  deadUnits,
  notFinite,
  copying,
  fewExamples,
  weakJudge,
];

/** What went wrong, and when it was found. */
export interface Failure extends Found {
  readonly detector: DetectorId;
  readonly iteration: number;
  /** Of the first of the checks that it was found by; older pages kept none. */
  readonly since?: number;
  /** The run went on from there, before it: it is listed until it is put aside or found again. */
  readonly wentBackTo?: number;
}

/** Checks that are looked back on; older ones but the first are dropped. */
const MOST_CHECKS = 200;

/** Watches a run by its checks; each failure is reported once for each node, until the game is changed. */
export function createWatch(duels: readonly PlanDuel[]) {
  let history: readonly Health[] = [];
  const known = new Set<string>();
  return {
    /** The game is another one: nothing is known of it. */
    forget() {
      history = [];
      known.clear();
    },
    add(health: Health): readonly Failure[] {
      const last = history.at(-1);
      // A run that went back to a checkpoint goes on from there.
      const before =
        last && last.iteration >= health.iteration
          ? history.filter(({ iteration }) => iteration < health.iteration)
          : history;
      const [first, ...rest] = [...before, health];
      history = first ? [first, ...rest.slice(-MOST_CHECKS)] : [];
      return detectors.flatMap(({ id, find }) =>
        find(history, duels)
          .filter(({ node }) => !known.has(`${id} ${node}`))
          .map((found) => {
            known.add(`${id} ${found.node}`);
            const { iteration } = health;
            const since = history.at(-(found.checks ?? 1))?.iteration ?? iteration;
            return { ...found, detector: id, iteration, since };
          }),
      );
    },
  };
}
