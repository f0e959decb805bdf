import type { Tf } from '@/lib/nodes/define';
import type { MetricValues } from '@/lib/train/observe';
import type { Session } from '@/lib/train/session';
import { loadExample, planOf, record } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import type { Figures, System } from './table';

export interface Trained {
  readonly iterations: number;
  readonly seconds: number;
  readonly figures: Figures;
  /** Why the run ended before its target. */
  readonly failures: readonly string[];
}

/** One run of a system from its untrained networks to its target, through the loop that the page uses. */
export async function trainSystem(tf: Tf, system: System, seed: number): Promise<Trained> {
  const { iterations } = system;
  const { session, failures } = record(tf, planOf(loadExample(system.example, { seed, iterations })));
  const start = nameFigures(await session.measure(), 'start/');
  const untrained = await drawSamples(session, system);
  const before = performance.now();
  await session.play();
  const seconds = (performance.now() - before) / 1000;
  const trained = await drawSamples(session, system);
  const measured = {
    ...start,
    ...nameFigures(await session.measure()),
    ...(untrained && trained && system.samples?.figures(untrained, trained)),
  };
  const done = session.game.counters.iteration;
  session.dispose();
  return {
    iterations: done,
    seconds,
    figures: { ...measured, ...system.derive?.(measured) },
    failures: failures.map(({ message }) => message),
  };
}

const nameFigures = (values: MetricValues, prefix = ''): Figures =>
  Object.fromEntries(
    Object.entries(values).flatMap(([node, results]) =>
      Object.entries(results).map(([name, value]) => [`${prefix}${node}.${name}`, value]),
    ),
  );

async function drawSamples(session: Session, { samples }: System): Promise<Float32Array | undefined> {
  if (!samples) return undefined;
  const { node, port, rows } = samples;
  const read = await session.game.read([{ node, port }], rows);
  return defined([...read.values()][0], `${node}.${port}`).data;
}
