import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import type { DetectorId } from '@/lib/train/detectors/detector';
import { createWatch } from '@/lib/train/detectors/detectors';
import type { Health } from '@/lib/train/health';
import { duelsOf } from '@/lib/train/plan-duels';
import { gameOf, graphOf, type Half, type Recipe } from './recipes';

/** A recorded run: a line of JSON, its figures by columns; null where a check has none. */
export interface RecordedRun {
  readonly recipe: Recipe;
  readonly half: Half;
  readonly seed: number;
  /** What is wrong with it; `neither`: not well, but by none of the conditions. */
  readonly sick: readonly Recipe[] | 'neither';
  readonly iterations: readonly number[];
  readonly figures: { readonly [name: string]: readonly (number | null)[] };
}

/** What detects what. */
export const detectorFor: Readonly<Record<Exclude<Recipe, 'healthy'>, DetectorId>> = {
  collapse: 'mode-collapse',
  vanishing: 'vanishing-gradient',
  saturation: 'saturation',
  oscillation: 'oscillation',
  exploding: 'exploding',
  dead: 'dead-units',
  'not-finite': 'not-finite',
  copying: 'copying',
  starved: 'few-examples',
};

export const readRuns = (): readonly RecordedRun[] =>
  gunzipSync(readFileSync(join(import.meta.dirname, 'runs.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

export const checksOf = ({
  iterations,
  figures,
}: Pick<RecordedRun, 'iterations' | 'figures'>): readonly Health[] =>
  iterations.map((iteration, i) => ({
    iteration,
    figures: Object.fromEntries(
      Object.entries(figures).flatMap(([name, values]) => (values[i] == null ? [] : [[name, values[i]]])),
    ),
  }));

/** All recorded games have the same two players. */
export const duels = duelsOf(compilePlan(checkGraph(graphOf(gameOf('healthy', 'tuning', 1)))));

/** What is found in checks. */
export function foundIn(checks: readonly Health[]): ReadonlySet<DetectorId> {
  const watch = createWatch(duels);
  return new Set(checks.flatMap((check) => watch.add(check)).map(({ detector }) => detector));
}

export interface Report {
  readonly runs: number;
  readonly sick: number;
  /** Sick runs in which a failure was found that they have. */
  readonly caught: number;
  readonly healthy: number;
  /** Healthy runs in which any was found. */
  readonly false: number;
  /** Runs that have it; those in which it was found; healthy ones in which it was. */
  readonly perDetector: { readonly [id: string]: { sick: number; caught: number; false: number } };
}

/** Runs that are neither well nor sick by a condition are left out. */
export function reportOn(
  runs: readonly RecordedRun[],
  found: (run: RecordedRun) => ReadonlySet<DetectorId>,
): Report {
  const judged = runs.flatMap((run) =>
    run.sick === 'neither'
      ? []
      : [{ has: run.sick.map((sick) => detectorFor[sick as keyof typeof detectorFor]), found: found(run) }],
  );
  const [sick, healthy] = [
    judged.filter(({ has }) => has.length > 0),
    judged.filter(({ has }) => has.length === 0),
  ];
  return {
    runs: judged.length,
    sick: sick.length,
    caught: sick.filter((run) => run.has.some((id) => run.found.has(id))).length,
    healthy: healthy.length,
    false: healthy.filter((run) => run.found.size > 0).length,
    perDetector: Object.fromEntries(
      Object.values(detectorFor).map((id) => {
        const own = sick.filter(({ has }) => has.includes(id));
        const isFound = (run: { found: ReadonlySet<DetectorId> }) => run.found.has(id);
        return [
          id,
          { sick: own.length, caught: own.filter(isFound).length, false: healthy.filter(isFound).length },
        ];
      }),
    ),
  };
}
