import type { Graph } from '@/lib/graph/schema';
import type { Tf } from '@/lib/nodes/define';
import type { MetricValues } from '@/lib/train/observe';
import { loadExample, planOf, record } from '@/lib/train/testing/train';
import type { TrainingLoop } from '@/lib/train/training-loop';
import { defined } from '@/lib/util/assert';
import { at, type Figures, type System } from './system';

export interface Trained {
  /** Fewest of the system's variants and its controls. */
  readonly iterations: number;
  readonly seconds: number;
  readonly figures: Figures;
  /** Why a run ended before its target. */
  readonly failures: readonly string[];
}

/** A system and its controls, each from its untrained networks to its target, by the loop that the page uses. */
export async function trainSystem(tf: Tf, system: System, seed: number): Promise<Trained> {
  const graph = loadExample(system.example, { seed, iterations: system.iterations });
  const runs = [await trainVariants(tf, system, graph)];
  for (const [name, { change }] of Object.entries(system.controls ?? {})) {
    const { figures, failures, ...run } = await trainVariants(tf, system, change(graph));
    runs.push({
      ...run,
      figures: prefixed(figures, `${name}/`),
      failures: failures.map((failure) => `${name}: ${failure}`),
    });
  }
  const figures = Object.assign({}, ...runs.map((run) => run.figures)) as Figures;
  return together(runs, { ...figures, ...system.derive?.(figures) });
}

async function trainVariants(tf: Tf, system: System, graph: Graph): Promise<Trained> {
  const runs: Trained[] = [];
  for (const variant of system.over?.map((change) => change(graph)) ?? [graph])
    runs.push(await trainGraph(tf, system, variant));
  return together(runs, meansOf(runs.map(({ figures }) => figures)));
}

/** Runs as one that has these figures. */
const together = (runs: readonly Trained[], figures: Figures): Trained => ({
  iterations: Math.min(...runs.map(({ iterations }) => iterations)),
  seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
  figures,
  failures: runs.flatMap(({ failures }) => failures),
});

async function trainGraph(tf: Tf, system: System, graph: Graph): Promise<Trained> {
  const { loop, failures } = record(tf, planOf(graph));
  const start = nameFigures(await loop.measure());
  const untrained = await drawSamples(loop, system);
  const before = performance.now();
  const along = await play(loop, system.averaged);
  const seconds = (performance.now() - before) / 1000;
  const trained = await drawSamples(loop, system);
  const figures = {
    ...prefixed(start, 'start/'),
    ...nameFigures(await loop.measure()),
    ...prefixed(meansOf(along), 'averaged/'),
    ...(untrained && trained && system.samples?.figures(untrained, trained)),
  };
  const { iteration } = loop.game.counters;
  loop.dispose();
  return { iterations: iteration, seconds, figures, failures: failures.map(({ message }) => message) };
}

/** To the target. Measures on the way are counted in iterations: what a run itself measures goes by the clock. */
async function play(loop: TrainingLoop, averaged: System['averaged']): Promise<Figures[]> {
  const measured: Figures[] = [];
  const { counters, target } = loop.game;
  if (!averaged) await loop.play();
  else
    for (let next = counters.iteration + 1; next <= target; next++) {
      await loop.step();
      // A failure falls back.
      if (counters.iteration !== next) break;
      if (next >= averaged.from && (next - averaged.from) % averaged.every === 0)
        measured.push(nameFigures(await loop.measure()));
    }
  return measured;
}

const meansOf = (measured: readonly Figures[]): Figures =>
  Object.fromEntries(
    Object.keys(measured[0] ?? {}).map((name) => [
      name,
      measured.reduce((sum, figures) => sum + at(figures, name), 0) / measured.length,
    ]),
  );

const prefixed = (figures: Figures, prefix: string): Figures =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}${name}`, value]));

const nameFigures = (values: MetricValues): Figures =>
  Object.fromEntries(
    Object.entries(values).flatMap(([node, results]) =>
      Object.entries(results).map(([name, value]) => [`${node}.${name}`, value]),
    ),
  );

async function drawSamples(loop: TrainingLoop, { samples }: System): Promise<Float32Array | undefined> {
  if (!samples) return undefined;
  const { node, port, rows } = samples;
  const read = await loop.game.read([{ node, port }], rows);
  return defined([...read.values()][0], `${node}.${port}`).data;
}
