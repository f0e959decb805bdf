import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Checkpoint, decodeCheckpoint, digestOf, encodeCheckpoint } from './checkpoint';
import { silent } from './loop-events';
import type { SnapshotKeeper } from './snapshots';
import { loadExample, planOf, record, withParams } from './testing/train';
import { createTrainingLoop, type TrainingLoop } from './training-loop';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

/** Small enough for a test: the example with few rows, few samples. */
function small(example: string, iterations: number) {
  const graph = loadExample(example, { iterations, batchSize: 8 });
  const measures = graph.nodes.some(({ id }) => id === 'quality');
  return planOf(measures ? withParams(graph, { quality: { samples: 200, every: 10 } }) : graph);
}

async function train(id: string, iterations: number): Promise<string> {
  const { loop } = record(engine.tf, small(id, iterations));
  await loop.play();
  const digest = digestOf((await loop.checkpoint()).data);
  loop.dispose();
  return digest;
}

describe('loop', () => {
  test.each(['ring', 'gaussian-1d', 'dcgan-glyphs'])('%s: one seed, one run, bit for bit', async (id) => {
    expect(await train(id, 6)).toBe(await train(id, 6));
  });

  test('another seed is another run', async () => {
    const plan = planOf(loadExample('gan-lab', { iterations: 5, seed: 2 }));
    const { loop } = record(engine.tf, plan);
    await loop.play();
    expect(digestOf((await loop.checkpoint()).data)).not.toBe(await train('gan-lab', 5));
    loop.dispose();
  });

  test.each(['ring', 'gan-lab', 'dcgan-glyphs'])(
    '%s: N + M iterations equal N, checkpoint, resume, M',
    async (id) => {
      const plan = small(id, 10);
      const first = record(engine.tf, plan).loop;
      for (let i = 0; i < 4; i++) await first.step();
      const bytes = encodeCheckpoint(await first.checkpoint());
      first.dispose();
      const decoded = decodeCheckpoint(bytes);
      if (!decoded.ok) throw new Error(decoded.reason);
      const second = record(engine.tf, plan).loop;
      second.restore(decoded.checkpoint);
      await second.play();
      expect(second.game.counters.iteration).toBe(10);
      expect(digestOf((await second.checkpoint()).data)).toBe(await train(id, 10));
      second.dispose();
    },
  );

  test('watching and measuring a run does not change it', async () => {
    const plan = small('ring', 8);
    const { loop } = record(engine.tf, plan);
    for (let i = 0; i < 8; i++) {
      await loop.step();
      await loop.look();
      await loop.measure();
    }
    expect(digestOf((await loop.checkpoint()).data)).toBe(await train('ring', 8));
    loop.dispose();
  });

  test('the count of tensors is the same after 1,000 iterations', async () => {
    const plan = planOf(loadExample('gan-lab', { iterations: 1_000, batchSize: 4 }));
    const { loop } = record(engine.tf, plan);
    // Two snapshots are held from iteration 40 on.
    for (let i = 0; i < 60; i++) await loop.step();
    const before = engine.tf.memory().numTensors;
    await loop.play();
    expect(loop.game.counters.iteration).toBe(1_000);
    expect(engine.tf.memory().numTensors).toBe(before);
    loop.dispose();
  }, 120_000);

  test('a loop that ends leaves nothing behind', async () => {
    const before = engine.tf.memory().numTensors;
    await train('dcgan-glyphs', 2);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  test('a loss that is not finite stops the run, names itself and keeps the last good weights', async () => {
    const graph = withParams(loadExample('gan-lab', { iterations: 500 }), {
      'sgd-d': { learningRate: 10, momentum: 0.99, steps: 5 },
      'sgd-g': { learningRate: 10, momentum: 0.99 },
      loss: { scores: 'logits' },
      'd-act-3': {},
    });
    // Scores without the sigmoid and a linear network: nothing holds the weights.
    const linear = {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.kind === 'sigmoid' || node.kind === 'tanh' || node.kind === 'relu'
          ? { ...node, state: 'bypassed' as const }
          : node,
      ),
    };
    const { loop, failures } = record(engine.tf, planOf(linear));
    await loop.play();
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: 'loss-not-finite', severity: 'error', node: 'loss' });
    expect(failures[0]?.port).toMatch(/^[dg]$/);
    expect(failures[0]?.message).toMatch(/The loss [dg] became -?(NaN|Infinity)/);
    const { data } = await loop.checkpoint();
    expect([...data.arrays.values()].every(({ values }) => values.every(Number.isFinite))).toBe(true);
    loop.dispose();
  });

  /** A loop that lets messages in between any two updates, as a slow game does; `at` is called each time. */
  function loopAtLeisure(plan: Plan, at: (loop: TrainingLoop) => void): TrainingLoop {
    let now = 0;
    const loop: TrainingLoop = createTrainingLoop({
      tf: engine.tf,
      plan,
      events: silent,
      clock: () => (now += 10),
      breathe: async () => at(loop),
      readsAtOnce: false,
      live: false,
    });
    return loop;
  }

  test('P6: a pause keeps the very iteration that it shows, and the run goes on as if there had been none', async () => {
    const pausedAt: [number, number][] = [];
    const loop = loopAtLeisure(small('ring', 30), (self) => {
      // Within the iterations 0, 7, 14, 21 and 28: after the first of two updates.
      if (self.game.counters.updates % 14 === 1) void self.pause();
    });
    while (loop.game.counters.iteration < 30) {
      await loop.play();
      const { iteration } = loop.game.counters;
      expect(loop.mark().iteration).toBe(iteration);
      pausedAt.push([iteration, (await loop.checkpoint()).counters.iteration]);
    }
    expect(pausedAt).toEqual([1, 8, 15, 22, 29, 30].map((iteration) => [iteration, iteration]));
    expect(digestOf((await loop.checkpoint()).data)).toBe(await train('ring', 30));
    loop.dispose();
  });

  test('P6: a checkpoint asked for within an iteration is of its end, and training does not notice', async () => {
    const kept: Promise<Checkpoint>[] = [];
    const loop = loopAtLeisure(small('ring', 30), (self) => {
      if (self.game.counters.updates === 45) kept.push(self.checkpoint());
    });
    await loop.play();
    const [checkpoint] = await Promise.all(kept);
    expect(checkpoint?.counters).toEqual({ iteration: 23, updates: 46 });
    expect(digestOf((await loop.checkpoint()).data)).toBe(await train('ring', 30));
    const again = record(engine.tf, small('ring', 30)).loop;
    again.restore(checkpoint as Checkpoint);
    await again.play();
    expect(digestOf((await again.checkpoint()).data)).toBe(await train('ring', 30));
    again.dispose();
    loop.dispose();
  });

  test('steps and a play that come within an iteration are made after it', async () => {
    const loop = loopAtLeisure(small('ring', 30), (self) => {
      const { updates } = self.game.counters;
      if (updates === 3) void self.step();
      if (updates === 9) void self.play();
    });
    await loop.step();
    await loop.step();
    expect(loop.game.counters.iteration).toBe(3);
    await loop.step();
    await loop.step();
    expect(loop.game.counters.iteration).toBe(30);
    loop.dispose();
  });

  test('a play that comes while a pause is taking effect starts the run again', async () => {
    const plan = small('gan-lab', 40);
    const { loop } = record(engine.tf, plan);
    const first = loop.play();
    const paused = loop.pause();
    const second = loop.play();
    await Promise.all([first, paused, second]);
    expect(loop.game.counters.iteration).toBe(40);
    loop.dispose();
  });

  test('an update that throws ends the run with a diagnostic and the last good weights', async () => {
    let isBroken = false;
    const relu: typeof engine.tf.relu = (x) => {
      if (isBroken) throw new Error('out of memory');
      return engine.tf.relu(x);
    };
    const { loop, failures } = record({ ...engine.tf, relu }, small('gan-lab', 40));
    await loop.step();
    isBroken = true;
    await loop.play();
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: 'out-of-memory', severity: 'error' });
    expect(failures[0]?.message).toContain('out of memory');
    isBroken = false;
    await loop.play();
    expect(loop.game.counters.iteration).toBe(40);
    loop.dispose();
  });

  test('what the views show at rest is drawn once, for the page and for the snapshot', async () => {
    const kernels = vi.spyOn(engine.tf.engine(), 'runKernel');
    /** Kernels of one iteration and the rest after it. */
    const countKernels = async (keep: SnapshotKeeper['keep']) => {
      const shown: unknown[] = [];
      const loop = createTrainingLoop({
        tf: engine.tf,
        plan: small('gan-lab', 40),
        events: { ...silent, pictures: (_, pictures) => void shown.push(pictures) },
        clock: () => performance.now(),
        breathe: () => new Promise((resolve) => setImmediate(resolve)),
        readsAtOnce: true,
        live: true,
        snapshots: { isDue: (_, isAtRest) => isAtRest, keep },
      });
      const before = kernels.mock.calls.length;
      await loop.step();
      loop.dispose();
      return { count: kernels.mock.calls.length - before, shown: shown.at(-1) };
    };
    const kept: object[] = [];
    const { count, shown } = await countKernels(async (checkpoint, draw) => {
      await checkpoint;
      kept.push(await draw());
    });
    expect(kept).toHaveLength(1);
    expect(Object.keys(kept[0] ?? {}).length).toBeGreaterThan(0);
    expect(kept[0]).toEqual(shown);
    // The page takes its numbers away.
    expect(kept[0]).not.toBe(shown);
    const without = await countKernels(async (checkpoint) => {
      await checkpoint;
    });
    expect(count).toBe(without.count);
    kernels.mockRestore();
  });

  test('what a lost device gave is neither shown nor kept', async () => {
    let reason: string | undefined;
    const failures: Diagnostic[] = [];
    const plan = small('gan-lab', 40);
    const loop = createTrainingLoop({
      tf: engine.tf,
      plan,
      events: {
        progress: () => undefined,
        pictures: () => undefined,
        metrics: () => undefined,
        scores: () => undefined,
        health: () => undefined,
        xrays: () => undefined,
        tints: () => undefined,
        phases: () => undefined,
        status: () => undefined,
        failed: (_, diagnostic) => void failures.push(diagnostic),
      },
      clock: () => performance.now(),
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      readsAtOnce: true,
      live: false,
      failure: () => reason,
    });
    await loop.step();
    reason = 'the WebGL context was lost';
    await expect(loop.checkpoint()).rejects.toThrow(reason);
    await loop.play();
    expect(failures.map(({ code }) => code)).toEqual(['device-lost']);
    reason = undefined;
    loop.dispose();
  });

  test('an update that throws on a lost device is the device’s failure', async () => {
    let reason: string | undefined;
    const failures: Diagnostic[] = [];
    const relu: typeof engine.tf.relu = (x) => {
      if (reason) throw new Error('a valid external Instance reference no longer exists');
      return engine.tf.relu(x);
    };
    const loop = createTrainingLoop({
      tf: { ...engine.tf, relu },
      plan: small('gan-lab', 40),
      events: { ...silent, failed: (_, diagnostic) => void failures.push(diagnostic) },
      clock: () => performance.now(),
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      readsAtOnce: true,
      live: false,
      failure: () => reason,
    });
    await loop.step();
    reason = 'the WebGPU device was lost: reset';
    await loop.play();
    expect(failures).toMatchObject([
      { code: 'device-lost', message: 'The graphics device failed: the WebGPU device was lost: reset.' },
    ]);
    reason = undefined;
    loop.dispose();
  });

  test('weights that read back as zeros are not a checkpoint', async () => {
    const { loop } = record(engine.tf, small('gan-lab', 40));
    for (const variable of loop.game.state.weights.values()) variable.assign(engine.tf.zerosLike(variable));
    await expect(loop.checkpoint()).rejects.toThrow('zeros');
    loop.dispose();
  });

  test('an average switched on during a run starts as a copy of the weights then', async () => {
    const graph = loadExample('gan-lab', { iterations: 10, batchSize: 4 });
    const { loop } = record(engine.tf, planOf(graph));
    await loop.step();
    const checkpoint = await loop.checkpoint();
    loop.dispose();
    const averaged = { ...graph, networks: graph.networks.map((network) => ({ ...network, ema: 0.9 })) };
    const next = record(engine.tf, planOf(averaged)).loop;
    next.restore(checkpoint);
    const { arrays } = (await next.checkpoint()).data;
    const key = 'g-dense-1.kernel';
    expect(arrays.get(`averages/${key}`)?.values).toEqual(
      checkpoint.data.arrays.get(`weights/${key}`)?.values,
    );
    next.dispose();
  });

  test('a live parameter acts at once and is kept with the run', async () => {
    const plan = small('gan-lab', 20);
    const { loop } = record(engine.tf, plan);
    await loop.step();
    const before = digestOf((await loop.checkpoint()).data);
    loop.setParam('sgd-d', 'learningRate', 0);
    loop.setParam('sgd-g', 'learningRate', 0);
    await loop.step();
    const after = await loop.checkpoint();
    expect(digestOf(after.data)).toBe(before);
    expect(after.edits).toEqual([
      { iteration: 1, path: 'sgd-d.learningRate', value: 0 },
      { iteration: 1, path: 'sgd-g.learningRate', value: 0 },
    ]);
    loop.dispose();
  });
});
