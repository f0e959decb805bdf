import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { digestOf } from '@/lib/train/checkpoint';
import { createHeadlessLoop } from '@/lib/train/headless';
import { measureGame } from '@/lib/train/measure';
import { expectSweep, MOST_HOURS, type SweepResult, type SweepRun, shuffled } from '@/lib/train/sweep';
import { createTail } from '@/lib/train/tail';
import { parseArguments, wholeNumber } from '../arguments';
import { backendOf } from '../backends';
import { openData, provideData } from '../data-files';
import { onInterruption } from '../interruption';
import { plannedSweep } from '../planned-sweep';
import { readResults, writeResult } from '../sweep-files';
import { UsageError } from '../usage';

const options = {
  backend: { type: 'string', default: 'wasm' },
  out: { type: 'string' },
  hours: { type: 'string', default: String(MOST_HOURS) },
  data: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/**
 * Trains a graph once for each combination of values. What is done stays done: the same command goes on where it
 * was killed, and makes failed runs again. Exit 0 all done, 2 refused, 3 some failed, 130 interrupted.
 */
export async function sweep(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  const [path] = positionals;
  const planned = await plannedSweep(path);
  if (!planned) return 2;
  const { file, graph } = planned;
  const folder = values.out ?? `${path?.replace(/\.json$/, '')}-runs`;
  const before = readResults(folder);
  const waiting = planned.runs.filter(({ id }) => before.get(id)?.status !== 'done');
  const queue = file.order === 'random' ? shuffled(waiting, graph.settings.seed) : waiting;
  const done = planned.runs.length - queue.length;
  if (done > 0) say(`${done} of ${planned.runs.length} runs are done already.`);
  const own = await Promise.all(values.data.map(openData));
  for (const { graph } of queue) await provideData(compilePlan(checkGraph(graph)), own);
  const engine = await startBackend(backendOf(values.backend));
  try {
    await refuseTooLong(engine, queue, wholeNumber('hours', values.hours, 1));
    return await trainAll(engine, queue, folder, planned.runs.length);
  } finally {
    engine.dispose();
  }
}

const MEASURED_MS = 1_500;

async function refuseTooLong(engine: Engine, queue: readonly SweepRun[], most: number): Promise<void> {
  const [first] = queue;
  if (!first) return;
  const ms = await measureGame(engine.tf, compilePlan(checkGraph(first.graph)), MEASURED_MS);
  const { said, tooLong } = expectSweep(queue, ms ?? MEASURED_MS, most);
  if (tooLong !== undefined) throw new UsageError(`${tooLong} Or --hours.`);
  say(said);
}

async function trainAll(
  engine: Engine,
  queue: readonly SweepRun[],
  folder: string,
  total: number,
): Promise<number> {
  let isInterrupted = false;
  let stop = () => {};
  onInterruption(() => {
    isInterrupted = true;
    stop();
  });
  let failed = 0;
  let done = total - queue.length;
  for (const run of queue) {
    const result = await trainOne(engine, run, (end) => {
      stop = end;
    });
    if (isInterrupted) {
      say(`Interrupted: ${done} of ${total} runs are done. The same command goes on.`);
      return 130;
    }
    writeResult(folder, result);
    if (result.status === 'failed') failed++;
    else done++;
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  process.stdout.write(`${JSON.stringify({ runs: total, done, failed, folder })}\n`);
  return failed > 0 ? 3 : 0;
}

async function trainOne(
  { tf }: Engine,
  { id, values, graph }: SweepRun,
  started: (stop: () => void) => void,
): Promise<SweepResult & { readonly metrics?: unknown; readonly digest?: string }> {
  const plan = compilePlan(checkGraph(graph));
  const tail = createTail(plan);
  const begun = performance.now();
  let failure: string | undefined;
  const loop = createHeadlessLoop(tf, plan, {
    progress: ({ losses }) => tail.add(losses),
    failed: (_, { message }) => {
      failure = message;
    },
  });
  started(() => void loop.pause());
  try {
    await loop.play();
    const { iteration } = loop.game.counters;
    const seconds = Number(((performance.now() - begun) / 1000).toFixed(1));
    if (failure !== undefined) return { id, status: 'failed', values, iteration, seconds, message: failure };
    const [metrics, digest] = [await loop.measure(), digestOf(await loop.game.readState())];
    return { id, status: 'done', values, iteration, seconds, losses: tail.means(), metrics, digest };
  } finally {
    loop.dispose();
  }
}

const say = (text: string) => process.stderr.write(`${text}\n`);
