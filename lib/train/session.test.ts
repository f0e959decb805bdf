import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { decodeCheckpoint, digestOf, encodeCheckpoint } from './checkpoint';
import { createSession } from './session';
import { loadExample, planOf, record, withParams } from './testing/train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

/** Small enough for a test: the example with few rows, few samples. */
const small = (id: string, iterations: number) =>
  planOf(withParams(loadExample(id, { iterations, batchSize: 8 }), { quality: { samples: 200, every: 10 } }));

async function train(id: string, iterations: number): Promise<string> {
  const { session } = record(engine.tf, small(id, iterations));
  await session.play();
  const digest = digestOf((await session.checkpoint()).data);
  session.dispose();
  return digest;
}

describe('session', () => {
  test.each(['ring', 'gaussian-1d', 'dcgan-glyphs'])('%s: one seed, one run, bit for bit', async (id) => {
    expect(await train(id, 6)).toBe(await train(id, 6));
  });

  test('another seed is another run', async () => {
    const plan = planOf(loadExample('gan-lab', { iterations: 5, seed: 2 }));
    const { session } = record(engine.tf, plan);
    await session.play();
    expect(digestOf((await session.checkpoint()).data)).not.toBe(await train('gan-lab', 5));
    session.dispose();
  });

  test.each(['ring', 'gan-lab', 'dcgan-glyphs'])(
    '%s: N + M iterations equal N, checkpoint, resume, M',
    async (id) => {
      const plan = small(id, 10);
      const first = record(engine.tf, plan).session;
      for (let i = 0; i < 4; i++) await first.step();
      const bytes = encodeCheckpoint(await first.checkpoint());
      first.dispose();
      const decoded = decodeCheckpoint(bytes);
      if (!decoded.ok) throw new Error(decoded.reason);
      const second = record(engine.tf, plan).session;
      second.restore(decoded.checkpoint);
      await second.play();
      expect(second.game.counters.iteration).toBe(10);
      expect(digestOf((await second.checkpoint()).data)).toBe(await train(id, 10));
      second.dispose();
    },
  );

  test('watching and measuring a run does not change it', async () => {
    const plan = small('ring', 8);
    const { session } = record(engine.tf, plan);
    for (let i = 0; i < 8; i++) {
      await session.step();
      await session.look();
      await session.measure();
    }
    expect(digestOf((await session.checkpoint()).data)).toBe(await train('ring', 8));
    session.dispose();
  });

  test('the count of tensors is the same after 1,000 iterations', async () => {
    const plan = planOf(loadExample('gan-lab', { iterations: 1_000, batchSize: 4 }));
    const { session } = record(engine.tf, plan);
    // Two snapshots are held from iteration 40 on.
    for (let i = 0; i < 60; i++) await session.step();
    const before = engine.tf.memory().numTensors;
    await session.play();
    expect(session.game.counters.iteration).toBe(1_000);
    expect(engine.tf.memory().numTensors).toBe(before);
    session.dispose();
  }, 120_000);

  test('a session that ends leaves nothing behind', async () => {
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
    const { session, failures } = record(engine.tf, planOf(linear));
    await session.play();
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: 'loss-not-finite', severity: 'error', node: 'loss' });
    expect(failures[0]?.message).toMatch(/loss\.(d|g).*(NaN|Infinity)/);
    const { data } = await session.checkpoint();
    expect([...data.arrays.values()].every(({ values }) => values.every(Number.isFinite))).toBe(true);
    session.dispose();
  });

  test('a pause takes effect before the next update, and the run goes on as if there had been none', async () => {
    const plan = small('ring', 8);
    const { session } = record(engine.tf, plan);
    const running = session.play();
    await session.pause('update');
    await running;
    expect(session.isRunning()).toBe(false);
    const stoppedAt = session.game.counters.updates;
    expect(stoppedAt).toBeLessThan(16);
    await session.play();
    expect(digestOf((await session.checkpoint()).data)).toBe(await train('ring', 8));
    session.dispose();
  });

  test('a play that comes while a pause is taking effect starts the run again', async () => {
    const plan = small('gan-lab', 40);
    const { session } = record(engine.tf, plan);
    const first = session.play();
    const paused = session.pause('update');
    const second = session.play();
    await Promise.all([first, paused, second]);
    expect(session.game.counters.iteration).toBe(40);
    session.dispose();
  });

  test('an update that throws ends the run with a diagnostic and the last good weights', async () => {
    let isBroken = false;
    const relu: typeof engine.tf.relu = (x) => {
      if (isBroken) throw new Error('out of memory');
      return engine.tf.relu(x);
    };
    const { session, failures } = record({ ...engine.tf, relu }, small('gan-lab', 40));
    await session.step();
    isBroken = true;
    await session.play();
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: 'out-of-memory', severity: 'error' });
    expect(failures[0]?.message).toContain('out of memory');
    isBroken = false;
    await session.play();
    expect(session.game.counters.iteration).toBe(40);
    session.dispose();
  });

  test('what a lost device gave is neither shown nor kept', async () => {
    let reason: string | undefined;
    const failures: Diagnostic[] = [];
    const plan = small('gan-lab', 40);
    const session = createSession({
      tf: engine.tf,
      plan,
      events: {
        progress: () => undefined,
        frames: () => undefined,
        metrics: () => undefined,
        status: () => undefined,
        failed: (_, diagnostic) => void failures.push(diagnostic),
      },
      clock: () => performance.now(),
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      readsAtOnce: true,
      live: false,
      failure: () => reason,
    });
    await session.step();
    reason = 'the WebGL context was lost';
    await expect(session.checkpoint()).rejects.toThrow(reason);
    await session.play();
    expect(failures.map(({ code }) => code)).toEqual(['device-lost']);
    reason = undefined;
    session.dispose();
  });

  test('weights that read back as zeros are not a checkpoint', async () => {
    const { session } = record(engine.tf, small('gan-lab', 40));
    for (const variable of session.game.state.weights.values())
      variable.assign(engine.tf.zerosLike(variable));
    await expect(session.checkpoint()).rejects.toThrow('zeros');
    session.dispose();
  });

  test('an average switched on during a run starts as a copy of the weights then', async () => {
    const graph = loadExample('gan-lab', { iterations: 10, batchSize: 4 });
    const { session } = record(engine.tf, planOf(graph));
    await session.step();
    const checkpoint = await session.checkpoint();
    session.dispose();
    const averaged = { ...graph, networks: graph.networks.map((network) => ({ ...network, ema: 0.9 })) };
    const next = record(engine.tf, planOf(averaged)).session;
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
    const { session } = record(engine.tf, plan);
    await session.step();
    const before = digestOf((await session.checkpoint()).data);
    session.setParam('sgd-d', 'learningRate', 0);
    session.setParam('sgd-g', 'learningRate', 0);
    await session.step();
    const after = await session.checkpoint();
    expect(digestOf(after.data)).toBe(before);
    expect(after.edits).toEqual([
      { iteration: 1, path: 'sgd-d.learningRate', value: 0 },
      { iteration: 1, path: 'sgd-g.learningRate', value: 0 },
    ]);
    session.dispose();
  });
});
