import type { Plan } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import type { MetricValues } from './observe';
import { duelsOf, type PlanDuel } from './plan-duels';
import { sampleFigures } from './sample-figures';
import { scoreFigures } from './score-figures';

/** What detectors go by: figures of a run at one iteration, by name (`loss.auc`); NaN and ±∞ are possible. */
export interface Health {
  readonly iteration: number;
  readonly figures: { readonly [name: string]: number };
}

/** A check takes at most so much of a run's time, and is made at most so often. */
const SHARE = 0.02;
const LEAST_PAUSE = 200;
/** Rows of one check; of examples of more than 64 numbers fewer, for time and memory. */
const ROWS = 256;
const LARGE = 64;
const [LEAST_LARGE, MOST_LARGE] = [64, 128];
/** More duels are not looked into. */
const MOST_DUELS = 4;

interface HealthChecks {
  /** A check, if it is time for one. */
  due(): Promise<Health | undefined>;
  now(): Promise<Health>;
  /** Takes what metrics report of failures into the next check. */
  note(measured: MetricValues): void;
}

/** Of a game with players. */
export function createHealthChecks(game: CompiledGame, clock: () => number): HealthChecks {
  const { plan } = game;
  const duels = duelsOf(plan).slice(0, MOST_DUELS);
  const refs = duels.flatMap(({ scores, samples }) => [
    scores.real,
    scores.fake,
    ...(samples ? [samples.real, samples.fake] : []),
  ]);
  const isLarge = duels.some((duel) => sizeOfSamples(plan, duel) > LARGE);
  const rows = isLarge ? Math.min(MOST_LARGE, Math.max(LEAST_LARGE, 2 * plan.settings.batchSize)) : ROWS;
  const examples = examplesOf(plan);
  const reporting = plan.metrics.flatMap(({ id, kind }) => {
    const { reports } = definitionOf(kind).traits ?? {};
    return reports ? [{ id, ...reports }] : [];
  });
  let reported: Record<string, number> = {};
  let next = Number.NEGATIVE_INFINITY;
  let isFirst = true;

  async function now(): Promise<Health> {
    const before = clock();
    const { iteration } = game.counters;
    const look = await game.look(refs, rows);
    const at = (ref: PlanDuel['scores']['real']) => defined(look.values.get(refKey(ref)), refKey(ref));
    const figures: Record<string, number> = {};
    const add = (prefix: string, some: { readonly [name: string]: number }) => {
      for (const [name, value] of Object.entries(some)) figures[`${prefix}.${name}`] = value;
    };
    for (const { loss, scores, samples, boundary } of duels) {
      add(loss, scoreFigures(at(scores.real).data, at(scores.fake).data, boundary));
      if (samples) add(loss, sampleFigures(at(samples.real), at(samples.fake)));
    }
    Object.assign(figures, look.figures, reported);
    add('examples', examples);
    reported = {};
    const after = clock();
    // The first one takes long for reasons that are no measure: code is compiled.
    next = after + (isFirst ? LEAST_PAUSE : Math.max(LEAST_PAUSE, (after - before) / SHARE));
    isFirst = false;
    return { iteration, figures };
  }

  function note(measured: MetricValues): void {
    for (const { id, about, result } of reporting) {
      const value = measured[id]?.[result];
      if (value !== undefined) reported[`${about}.${id}`] = value;
    }
  }

  /** A game that cannot be looked at (for lack of memory, say) trains on unwatched. */
  const attempt = () =>
    now().catch(() => {
      next = Number.POSITIVE_INFINITY;
      return undefined;
    });

  return { now, note, due: async () => (plan.players.length > 0 && clock() >= next ? attempt() : undefined) };
}

function sizeOfSamples(plan: Plan, { samples }: PlanDuel): number {
  const shape = plan.game.find(({ id }) => id === samples?.real.node)?.outputShapes[samples?.real.port ?? ''];
  return sizeOf(shape?.dims ?? []);
}

/** From how many values each layer that normalises by its batch takes a mean and a deviation. */
function examplesOf({ networks, settings }: Plan): { readonly [layer: string]: number } {
  const layers = networks
    .flatMap(({ nodes }) => nodes)
    .filter(({ kind, state }) => {
      const definition = definitionOf(kind);
      return (
        definition.traits?.batchStatistics && definition.role === 'layer' && definition.advance && !state
      );
    });
  return Object.fromEntries(
    layers.map(({ id, inputShapes }) => {
      const [shape] = Object.values(inputShapes)[0] ?? [];
      return [id, settings.batchSize * sizeOf(shape?.dims.slice(0, -1) ?? [])];
    }),
  );
}
