import { beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import { digestOf } from './checkpoint';
import { loadExample, planOf, record } from './testing/train';
import { type Trial, tryGame } from './trial';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

/** A trial that ends by itself, or after so many looks at `isCancelled`. */
async function tryOut(
  graph: Graph,
  changes: { milliseconds?: number; multiplyAdds?: number; cancelAt?: number },
) {
  const { milliseconds = 300, cancelAt = Number.POSITIVE_INFINITY } = changes;
  const checked = checkGraph(graph);
  const reported: Trial[] = [];
  let looks = 0;
  await tryGame({
    tf: engine.tf,
    plan: compilePlan(checked),
    multiplyAdds: changes.multiplyAdds ?? checked.cost.multiplyAdds,
    milliseconds,
    canShrink: true,
    clock: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    isCancelled: () => ++looks >= cancelAt,
    report: (trial) => void reported.push(trial),
  });
  return reported;
}

const small = loadExample('gan-lab', { batchSize: 16, iterations: 12 });

async function digest(): Promise<string> {
  const { loop } = record(engine.tf, planOf(small));
  await loop.play();
  const found = digestOf((await loop.checkpoint()).data);
  loop.dispose();
  return found;
}

describe('a trial', () => {
  test('says how long an iteration takes, last of all by the whole batch', { retry: 3 }, async () => {
    const reported = await tryOut(small, {});
    const { rows, msPerIteration, final } = reported.at(-1) as Trial;
    expect({ rows, final }).toEqual({ rows: 16, final: true });
    expect(reported.filter((trial) => trial.final)).toHaveLength(1);
    const { loop } = record(
      engine.tf,
      planOf({ ...small, settings: { ...small.settings, iterations: 200 } }),
    );
    await loop.play();
    const real = loop.msPerIteration();
    loop.dispose();
    // Other programs may take half the machine from either.
    expect(msPerIteration / real).toBeGreaterThan(1 / 4);
    expect(msPerIteration / real).toBeLessThan(4);
  });

  test('leaves no trace: the run after it is the same bit for bit, and nothing stays in memory', async () => {
    const without = await digest();
    const before = engine.tf.memory();
    await tryOut(small, { milliseconds: 50 });
    await tryOut(small, { cancelAt: 3 });
    const { numTensors, numBytes } = engine.tf.memory();
    expect({ numTensors, numBytes }).toEqual({ numTensors: before.numTensors, numBytes: before.numBytes });
    expect(await digest()).toBe(without);
  });

  test('between two iterations of a run changes nothing in it', async () => {
    const { loop } = record(engine.tf, planOf(small));
    await loop.step();
    await tryOut(small, { milliseconds: 50 });
    await loop.play();
    const found = digestOf((await loop.checkpoint()).data);
    loop.dispose();
    expect(found).toBe(await digest());
  });

  test('ends with its iteration when it is cancelled, and says no more', async () => {
    const reported = await tryOut(small, { cancelAt: 1 });
    expect(reported).toEqual([]);
  });

  test('of a game that is too large for the time goes by smaller batches', async () => {
    const large = loadExample('dcgan-glyphs', { batchSize: 4096 });
    const reported = await tryOut(large, { milliseconds: 200 });
    const last = reported.at(-1) as Trial;
    expect(last.final).toBe(true);
    expect(last.rows).toBeGreaterThan(4);
    expect(last.rows).toBeLessThan(4096);
    expect(last.msPerIteration).toBeGreaterThan(0);
    for (const { rows } of reported) expect(rows).toBeGreaterThan(4);
  });
});
