import 'fake-indexeddb/auto';
import { beforeAll, expect, test, vi } from 'vitest';
import { caseGraph } from '@/lib/check/testing/graphs';
import type { Plan } from '@/lib/compile/plan';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { createTrainClient } from './client';
import type { RunReport } from './protocol';
import { enginesOf, inProcess } from './testing/in-process';
import { loadExample, planOf } from './testing/train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

/** Tensors and bytes after each of so many plays in one worker, which all fail. */
async function playAndFail(key: string, plan: Plan, using: Engine, plays: number) {
  const client = createTrainClient({ spawn: () => inProcess(enginesOf(using)), assets: () => '' });
  const after: { tensors: number; bytes: number }[] = [];
  for (let play = 0; play < plays; play++) {
    const runId = `run-${play}`;
    const codes: string[] = [];
    const message = (report: RunReport) => {
      if (report.type === 'failed') codes.push(report.diagnostic.code);
    };
    client.start(
      { type: 'start', runId, plan, backend: 'wasm', checkpointKey: key, resume: play > 0, paused: false },
      { message, lost: () => {} },
      1e6,
    );
    await vi.waitFor(() => expect(codes).toHaveLength(1), { timeout: 30_000 });
    await client.stop();
    const { numTensors, numBytes } = engine.tf.memory();
    after.push({ tensors: numTensors, bytes: numBytes });
  }
  client.close();
  return after;
}

const flat = (after: readonly object[]) => after.map(() => after[0]);

test('ten plays whose loss is not finite leave nothing behind', async () => {
  const after = await playAndFail('loss', planOf(caseGraph('nan-leak')), engine, 10);
  expect(after).toEqual(flat(after));
}, 120_000);

// The place where a gradient is left decides what it has saved by then.
test.each([37, 40, 41])(
  'nor do ten whose update throws, at every %ith ReLU',
  async (every) => {
    let calls = 0;
    const relu: typeof engine.tf.relu = (x) => {
      if (++calls % every === 0) throw new Error('no such kernel');
      return engine.tf.relu(x);
    };
    const plan = planOf(loadExample('gan-lab', { iterations: 10_000, batchSize: 4 }));
    const after = await playAndFail('update', plan, { ...engine, tf: { ...engine.tf, relu } }, 10);
    expect(after).toEqual(flat(after));
  },
  120_000,
);
