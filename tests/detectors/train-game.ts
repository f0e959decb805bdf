import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import type { Graph } from '@/lib/graph/schema';
import type { Tf } from '@/lib/nodes/define';
import { createHeadlessLoop } from '@/lib/train/headless';
import { createHealthChecks, type Health } from '@/lib/train/health';
import type { SmallGame } from './recipes';
import type { RecordedRun } from './runs';
import { copiedRatio, lookAt, type Outcome, reachedModes, sicknessesOf } from './truth';

/** Iterations between checks, and between looks at where fakes are. */
const CHECK_EVERY = 20;
const LOOK_EVERY = 10;

/** Trains a game to its end; `graph` is its document, or that changed. */
export async function trainGame(
  tf: Tf,
  game: SmallGame,
  graph: Graph,
): Promise<Pick<RecordedRun, 'sick' | 'iterations' | 'figures'>> {
  const checked = checkGraph(graph);
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const plan = compilePlan(checked);
  let failed = false;
  const loop = createHeadlessLoop(tf, plan, {
    failed() {
      failed = true;
    },
  });
  const health = createHealthChecks(loop.game, () => 0);
  const look = lookAt(loop.game);
  const real = await look.data(1000);
  const size = real.dims[1] ?? 1;
  const [center, spread] = momentsOf(real.data, size);
  const checks: Health[] = [await health.now()];
  const path: number[][] = [];
  const reached: number[] = [];
  const right: (readonly [number, number])[] = [];
  while (loop.game.counters.iteration < loop.game.target && !failed) {
    await loop.step();
    const { iteration } = loop.game.counters;
    if (failed) break;
    if (iteration % LOOK_EVERY === 0) {
      const [made] = momentsOf((await look.fakes(256)).data, size);
      path.push(made.map((value, i) => (value - (center[i] as number)) / (spread[i] as number)));
    }
    if (iteration % CHECK_EVERY !== 0) continue;
    const { copying } = await loop.measure();
    const check = await health.now();
    const score = copying?.score;
    checks.push(
      score === undefined ? check : { ...check, figures: { ...check.figures, 'copying.copying': score } },
    );
    if (iteration < (2 / 3) * loop.game.target) continue;
    const share = reachedModes(loop.game, await look.fakes(1000));
    if (share !== undefined) reached.push(share);
    const boundary = game.loss === 'loss-least-squares' ? 0.5 : 0;
    if (game.loss === 'loss-wasserstein' || game.loss === 'loss-relativistic') continue;
    const { real, fake } = await look.scores(1000);
    right.push([shareOf(real, (score) => score > boundary), shareOf(fake, (score) => score < boundary)]);
  }
  if (failed) checks.push({ iteration: loop.game.counters.iteration, figures: { 'failed.loss': 1 } });
  const outcome: Outcome = {
    path,
    reached,
    right,
    failed,
    first: checks[0] as Health,
    last: checks.at(-1),
    copied: game.data.count
      ? copiedRatio((await look.fakes(1000)).data, real.data, (await look.trained()).data, size)
      : Number.POSITIVE_INFINITY,
  };
  loop.dispose();
  return { sick: sicknessesOf({ ...game, settings: graph.settings }, outcome), ...columnsOf(checks) };
}

const shareOf = (values: Float32Array, holds: (value: number) => boolean) =>
  values.filter(holds).length / values.length;

function momentsOf(rows: Float32Array, size: number): [number[], number[]] {
  const count = rows.length / size;
  const means = Array.from({ length: size }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += rows[i * size + k] as number;
    return sum / count;
  });
  const deviations = means.map((center, k) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += ((rows[i * size + k] as number) - center) ** 2;
    return Math.sqrt(sum / count) || 1;
  });
  return [means, deviations];
}

function columnsOf(checks: readonly Health[]): Pick<RecordedRun, 'iterations' | 'figures'> {
  const names = [...new Set(checks.flatMap(({ figures }) => Object.keys(figures)))];
  const rounded = (value: number | undefined) => (value === undefined ? null : Number(value.toPrecision(3)));
  return {
    iterations: checks.map(({ iteration }) => iteration),
    figures: Object.fromEntries(
      names.map((name) => [name, checks.map(({ figures }) => rounded(figures[name]))]),
    ),
  };
}
