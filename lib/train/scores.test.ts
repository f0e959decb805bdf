import { beforeAll, expect, test } from 'vitest';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { digestOf } from './checkpoint';
import { silent } from './loop-events';
import { createScorer, type ScoreValues } from './scores';
import { loadExample, planOf } from './testing/train';
import { createTrainingLoop } from './training-loop';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

const plan = planOf(loadExample('ring', { iterations: 6, batchSize: 8 }));

async function train(live: boolean): Promise<{ digest: string; seen: ScoreValues[]; at: number[] }> {
  const seen: ScoreValues[] = [];
  const at: number[] = [];
  let now = 0;
  const loop = createTrainingLoop({
    tf: engine.tf,
    plan: { ...plan, views: [], metrics: [] },
    events: {
      ...silent,
      scores(iteration, values) {
        at.push(iteration);
        seen.push(values);
      },
    },
    // A second for each look, so that each is due.
    clock: () => (now += 1_000),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    readsAtOnce: true,
    live,
  });
  await loop.play();
  const digest = digestOf((await loop.checkpoint()).data);
  loop.dispose();
  return { digest, seen, at };
}

test('what D says of both sides comes as probabilities, and training is the same bit for bit', async () => {
  const [watched, alone] = [await train(true), await train(false)];
  expect(watched.seen.length).toBeGreaterThan(0);
  expect(alone.seen).toEqual([]);
  // From before the first iteration on.
  expect(watched.at[0]).toBe(0);
  for (const values of watched.seen) {
    expect(Object.keys(values).sort()).toEqual(['d-fake', 'd-real']);
    for (const value of Object.values(values)) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
  }
  expect(watched.digest).toBe(alone.digest);
});

test('looking takes at most half a hundredth of the time', async () => {
  let now = 0;
  const game = createGame(engine.tf, plan);
  // The clock goes on by 4 ms with each look at it: a look costs 4.
  const scorer = createScorer(game, () => (now += 4));
  let looks = 0;
  for (let iteration = 0; iteration < 2_000; iteration++) if (await scorer.due()) looks++;
  game.dispose();
  expect(looks).toBeGreaterThan(1);
  expect((looks * 4) / now).toBeLessThan(0.01);
});

test('a critic of a Wasserstein game gives its score as it is: the mean of a batch', async () => {
  const game = createGame(engine.tf, planOf(loadExample('wgan-gp', { batchSize: 8 })));
  const values = defined(await createScorer(game, () => 0).due(), 'scores');
  const [call, score] = defined(Object.entries(values)[0], 'a call');
  const node = defined(
    game.plan.game.find(({ id }) => id === call),
    'the call',
  );
  const port = defined(Object.keys(node.outputShapes)[0], 'its output');
  const read = await game.read([{ node: call, port }], 8);
  const [{ data } = { data: new Float32Array() }] = read.values();
  game.dispose();
  expect(score).toBeCloseTo(data.reduce((sum, value) => sum + value, 0) / 8, 6);
});
