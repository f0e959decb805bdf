import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@/lib/compile/plan';
import type { Engine } from '@/lib/engine/backend';
import { decodeCheckpoint, digestOf, encodeCheckpoint, fingerprint } from '@/lib/train/checkpoint';
import { createHeadlessLoop } from '@/lib/train/headless';
import type { LossHistory } from '@/lib/train/losses';
import type { MetricValues } from '@/lib/train/observe';
import type { TrainingLoop } from '@/lib/train/training-loop';
import { createOutput } from './output';
import { createTail } from './tail';
import type { Until } from './until';
import { UsageError } from './usage';

export interface TrainingOptions {
  readonly out: string | undefined;
  readonly resume: string | undefined;
  readonly until: Until | undefined;
}

/** One run from start to its last line on standard output. Returns the exit status. */
export async function runTraining(
  engine: Engine,
  plan: Plan,
  { out, resume, until }: TrainingOptions,
): Promise<number> {
  const output = createOutput(out);
  const tail = createTail(plan);
  const started = performance.now();
  let failed = false;
  let isMet: boolean | null = until ? false : null;
  let session: TrainingLoop | undefined;
  let interrupted = false;

  const settle = (iteration: number, values: MetricValues) => {
    output.metrics(iteration, values);
    if (until?.isMet(values) && !isMet) {
      isMet = true;
      void session?.pause('iteration');
    }
  };
  session = createHeadlessLoop(engine.tf, plan, {
    progress({ iteration, iterationsPerSecond, losses }) {
      tail.add(losses);
      output.progress(iteration, plan.settings.iterations, iterationsPerSecond, lastOf(losses));
    },
    frames: (_, frames) => output.frames(frames),
    metrics: settle,
    failed(_, diagnostic) {
      failed = true;
      process.stderr.write(`\n${diagnostic.message}${diagnostic.hint ? ` (${diagnostic.hint})` : ''}\n`);
    },
  });
  if (resume !== undefined) restore(session, resume, plan);

  const interrupt = () => {
    interrupted = true;
    void session?.pause('iteration');
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  await session.play();
  process.off('SIGINT', interrupt);
  process.off('SIGTERM', interrupt);

  const checkpoint = await session.checkpoint();
  if (out !== undefined) writeWhole(join(out, 'checkpoint.bin'), encodeCheckpoint(checkpoint));
  if (failed || interrupted) return failed ? 3 : 130;
  if (out !== undefined) await session.look();
  output.end();
  const { iteration } = checkpoint.counters;
  const result = {
    iterations: iteration,
    seconds: round((performance.now() - started) / 1000),
    msPerIteration: round(session.msPerIteration()),
    losses: tail.means(),
    metrics: await session.measure(),
    backend: engine.name,
    seed: plan.settings.seed,
    digest: digestOf(checkpoint.data),
    until: isMet,
  };
  session.dispose();
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

const round = (value: number): number => Number(value.toFixed(3));

const lastOf = (losses: LossHistory): Record<string, number> =>
  Object.fromEntries(
    Object.entries(losses).map(([player, { values }]) => [player, values.at(-1) ?? Number.NaN]),
  );

function restore(session: TrainingLoop, path: string, plan: Plan): void {
  const decoded = decodeCheckpoint(readFileSync(path));
  if (!decoded.ok) throw new UsageError(`--resume ${path}: ${decoded.reason}`);
  if (decoded.checkpoint.fingerprint !== fingerprint(plan))
    throw new UsageError(`--resume ${path}: the checkpoint belongs to another graph, seed or batch size.`);
  session.restore(decoded.checkpoint);
}

/** A crash while writing leaves the old file. */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}
