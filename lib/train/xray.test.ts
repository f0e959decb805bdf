import { beforeAll, expect, test, vi } from 'vitest';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { digestOf } from './checkpoint';
import { silent } from './loop-events';
import { loadExample, planOf } from './testing/train';
import { createTrainingLoop } from './training-loop';
import { createXrayer, type XrayReport } from './xray';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

const plan = planOf(loadExample('ring', { iterations: 6, batchSize: 8 }));
const fakes = defined(plan.game.find(({ id }) => id === 'd-fake')?.inputs.x?.[0], 'the fakes');
const target = `${fakes.node}.${fakes.port}`;
const layer = defined(
  plan.networks.flatMap(({ nodes }) => nodes).find(({ weights }) => weights.length > 0),
  'a layer',
);

async function train(opened: readonly string[]): Promise<{ digest: string; reports: XrayReport[] }> {
  const reports: XrayReport[] = [];
  let now = 0;
  const loop = createTrainingLoop({
    tf: engine.tf,
    plan: { ...plan, views: [], metrics: [] },
    events: { ...silent, xrays: (report) => void reports.push(report) },
    // A second for each look, so that each is due.
    clock: () => (now += 1_000),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    readsAtOnce: true,
    live: true,
  });
  loop.xray(opened);
  await loop.play();
  const digest = digestOf((await loop.checkpoint()).data);
  loop.dispose();
  return { digest, reports };
}

test('training with X-rays open is the same bit for bit', async () => {
  const [opened, closed] = [await train([target, layer.id]), await train([])];
  expect(opened.reports.length).toBeGreaterThan(1);
  expect(closed.reports).toEqual([]);
  expect(opened.digest).toBe(closed.digest);
});

test('an output comes with what each loss sends back, a layer with its steps', async () => {
  const { reports } = await train([target, layer.id]);
  const { iteration, xrays } = defined(reports.at(-1), 'a report');
  expect(iteration).toBe(6);
  const [flow] = defined(
    xrays.find((xray) => xray.target === target),
    target,
  ).flows;
  expect(flow?.value.picture.type).toBe('points');
  expect(flow?.value.dims).toEqual([8, 2]);
  expect(Object.keys(flow?.gradients ?? {}).sort()).toEqual(plan.players.map(({ id }) => id).sort());
  for (const { picture, norm } of Object.values(flow?.gradients ?? {})) {
    expect(picture.type).toBe('arrows');
    expect(norm).toBeGreaterThan(0);
  }
  const { weights } = defined(
    xrays.find((xray) => xray.target === layer.id),
    layer.id,
  );
  expect(weights.map(({ name }) => name)).toEqual(layer.weights.map(({ name }) => name));
  for (const { value, changes } of weights) {
    expect(value.picture.type).toBe('histogram');
    expect(Object.values(changes)).toHaveLength(1);
  }
});

test('nothing is evaluated while none is open, and at most a fifth of the time while some are', async () => {
  let now = 0;
  const game = createGame(engine.tf, plan);
  const xray = vi.spyOn(game, 'xray');
  // The clock goes on by 100 ms with each look at it: an X-ray costs 100.
  const xrayer = createXrayer(game, () => (now += 100));
  for (let i = 0; i < 100; i++) await xrayer.due();
  expect(xray).not.toHaveBeenCalled();
  now = 0;
  xrayer.open([target]);
  for (let i = 0; i < 200; i++) await xrayer.due();
  expect(xray.mock.calls.length).toBeGreaterThan(10);
  expect((xray.mock.calls.length * 100) / now).toBeLessThan(0.2);
  const calls = xray.mock.calls.length;
  xrayer.open([]);
  for (let i = 0; i < 200; i++) await xrayer.due();
  expect(xray.mock.calls.length).toBe(calls);
  game.dispose();
});

test('what nothing evaluates has no flow, and what fails says why', async () => {
  const game = createGame(engine.tf, plan);
  const xrayer = createXrayer(game, () => 0);
  xrayer.open(['nobody.out']);
  expect(await xrayer.now()).toEqual({
    iteration: 0,
    xrays: [{ target: 'nobody.out', flows: [], weights: [] }],
  });
  vi.spyOn(game, 'xray').mockRejectedValueOnce(new Error('out of memory'));
  expect(await xrayer.now()).toEqual({ iteration: 0, xrays: [], problem: 'out of memory' });
  game.dispose();
});
