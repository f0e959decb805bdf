import 'fake-indexeddb/auto';
import { beforeAll, expect, test } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { answer } from './ask';
import { type Checkpoint, digestOf } from './checkpoint';
import { silent } from './loop-events';
import { beginRun, listSnapshots, writeSnapshot } from './run-store';
import { loadExample, planOf } from './testing/train';
import type { TintReport } from './tints';
import { createTrainingLoop } from './training-loop';
import type { XrayReport } from './xray';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

const plain = (id: string, batchSize = 8): Plan => ({
  ...planOf(loadExample(id, { iterations: 20, batchSize })),
  views: [],
  metrics: [],
});

function loopOf(plan: Plan) {
  const seen: { xrays?: XrayReport; tints?: TintReport } = {};
  const loop = createTrainingLoop({
    tf: engine.tf,
    plan,
    events: {
      ...silent,
      xrays: (report) => Object.assign(seen, { xrays: report }),
      tints: (report) => Object.assign(seen, { tints: report }),
    },
    clock: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    readsAtOnce: true,
    live: false,
  });
  const steps = async (count: number) => {
    for (let i = 0; i < count; i++) await loop.step();
  };
  return { loop, seen, steps };
}

/** The fakes, and a layer of the network that makes them. */
function targetsOf(plan: Plan): string[] {
  const call = defined(
    plan.game.find(({ kind, params }) => kind === 'call' && params.network === plan.networks[0]?.id),
    'a call',
  );
  const layer = defined(
    plan.networks[0]?.nodes.find(({ weights }) => weights.length > 0),
    'a layer',
  );
  return [...Object.keys(call.outputShapes).map((port) => `${call.id}.${port}`), `${layer.id}.out`, layer.id];
}

// Batch norm, dropout and averages of weights have a state besides; a batch of reference is drawn anew.
test.each(['ring', 'dcgan-glyphs', 'virtual-batch-norm'])(
  '%s: the past is what a look at that moment showed, to the last bit',
  async (id) => {
    const plan = plain(id);
    const { loop, seen, steps } = loopOf(plan);
    const figure = 'gradient';
    const targets = targetsOf(plan);
    loop.xray(targets);
    loop.tint(figure);
    await steps(5);
    await loop.look();
    const then = { ...seen };
    const checkpoint = await loop.checkpoint();
    await steps(3);
    await loop.look();
    const now = { ...seen };
    const tensors = engine.tf.memory().numTensors;
    expect(await loop.lookBack(checkpoint, { targets, figure })).toEqual(then);
    expect(engine.tf.memory().numTensors).toBe(tensors);
    expect(now.xrays?.xrays).not.toEqual(then.xrays?.xrays);
    expect(then.xrays?.xrays.map(({ flows, weights }) => flows.length + weights.length > 0)).not.toContain(
      false,
    );
    // And nobody has noticed.
    await loop.look();
    expect(seen).toEqual(now);
    loop.dispose();
  },
);

test('a run that is looked back on while it trains is the same bit for bit', async () => {
  const plan = plain('dcgan-glyphs', 4);
  const train = async (looks: boolean) => {
    const { loop, steps } = loopOf(plan);
    await steps(2);
    const checkpoint = await loop.checkpoint();
    const played = loop.play();
    let found = 0;
    while (looks && loop.isRunning()) {
      const { xrays } = await loop.lookBack(checkpoint, { targets: targetsOf(plan) });
      found += xrays?.xrays.length ?? 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await played;
    const digest = digestOf((await loop.checkpoint()).data);
    loop.dispose();
    return { digest, found };
  };
  const [looked, alone] = [await train(true), await train(false)];
  expect(looked.found).toBeGreaterThan(0);
  expect(looked.digest).toBe(alone.digest);
});

test('parameters that were changed later have the value of then', async () => {
  const plan = planOf(loadExample('ring', { iterations: 20, batchSize: 8 }));
  const player = defined(plan.players[0], 'a player');
  const targets = plan.networks.flatMap(({ nodes }) =>
    nodes.flatMap(({ id, weights }) => (weights.length > 0 ? [id] : [])),
  );
  const { loop, seen, steps } = loopOf({ ...plan, views: [], metrics: [] });
  loop.xray(targets);
  loop.setParam(player.id, 'learningRate', 0.5);
  await steps(2);
  await loop.look();
  const then = seen.xrays;
  const checkpoint = await loop.checkpoint();
  loop.setParam(player.id, 'learningRate', 1e-5);
  await steps(2);
  expect((await loop.lookBack(checkpoint, { targets })).xrays).toEqual(then);
  // It is by its steps that the rate is seen.
  const without = await loop.lookBack({ ...checkpoint, edits: [] }, { targets });
  expect(without.xrays?.xrays).not.toEqual(then?.xrays);
  loop.dispose();
});

test('a snapshot is opened by its place; one of another graph, damaged or gone says so', async () => {
  const plan = plain('gan-lab');
  const { loop, seen, steps } = loopOf(plan);
  const targets = targetsOf(plan);
  loop.xray(targets);
  await steps(3);
  await loop.look();
  const then = seen.xrays;
  const checkpoint = await loop.checkpoint();
  await steps(1);
  const run = await beginRun('doc');
  const at = (iteration: number) => ({ type: 'past', snapshot: { run, iteration }, targets }) as const;
  const keep = (state: Checkpoint) => writeSnapshot(run, state, {});
  await keep(checkpoint);
  expect(await answer(loop, at(3))).toEqual({ xrays: then });
  await keep({ ...checkpoint, fingerprint: 'another', counters: { iteration: 2, updates: 2 } });
  await expect(answer(loop, at(2))).rejects.toThrow('edited since');
  await expect(answer(loop, at(1))).rejects.toThrow('no longer here');
  expect((await listSnapshots('doc')).map(({ damage }) => damage)).toEqual([undefined, undefined]);
  loop.dispose();
});
