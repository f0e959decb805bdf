import { beforeAll, expect, test } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Settings } from '@/lib/graph/schema';
import { defined } from '@/lib/util/assert';
import { digestOf } from './checkpoint';
import { silent } from './loop-events';
import type { PhaseReport } from './phases';
import { loadExample, planOf } from './testing/train';
import { createTrainingLoop } from './training-loop';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

const small = (id: string, settings: Partial<Settings> = {}) =>
  planOf(loadExample(id, { iterations: 9, batchSize: 8, ...settings }));

interface Stepped {
  readonly reports: readonly PhaseReport[];
  readonly losses: Readonly<Record<string, readonly number[]>>;
  readonly digest: string;
  /** θ by player, before the last step and after it. */
  readonly thetas: readonly (readonly Float32Array[])[];
}

/** Single iterations, in slow motion or not. */
async function step(plan: Plan, explain: boolean, count = 2): Promise<Stepped> {
  const reports: PhaseReport[] = [];
  const losses: Record<string, number[]> = {};
  const loop = createTrainingLoop({
    tf: engine.tf,
    plan: { ...plan, views: [], metrics: [] },
    events: {
      ...silent,
      phases: (report) => void reports.push(report),
      progress(report) {
        for (const [player, { values }] of Object.entries(report.losses))
          losses[player] = [...(losses[player] ?? []), ...values];
      },
    },
    clock: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    readsAtOnce: true,
    live: true,
  });
  loop.explain(explain);
  const { state } = loop.game;
  const theta = () =>
    plan.players.map(({ id }) =>
      Float32Array.from(
        (state.slices.get(id) ?? []).flatMap(({ key }) => [
          ...defined(state.weights.get(key), key).dataSync(),
        ]),
      ),
    );
  const thetas: Float32Array[][] = [];
  const tensors = engine.tf.memory().numTensors;
  for (let i = 0; i < count; i++) {
    if (i === count - 1) thetas.push(theta());
    await loop.step();
  }
  thetas.push(theta());
  const digest = digestOf((await loop.checkpoint()).data);
  loop.dispose();
  expect(engine.tf.memory().numTensors).toBeLessThanOrEqual(tensors);
  return { reports, losses, digest, thetas };
}

const order = ({ phases }: PhaseReport): string[] =>
  phases.map((phase) =>
    [
      phase.type,
      'player' in phase ? phase.player : phase.players.join('+'),
      'at' in phase && phase.at !== 'here' && phase.at,
    ]
      .filter(Boolean)
      .join(' '),
  );

const turn = (player: string) => ['forward', 'loss', 'gradient'].map((type) => `${type} ${player}`);

test('each player draws, looks, loses, differentiates and moves, and training is the same bit for bit', async () => {
  const plan = small('ring');
  const [slow, plain] = [await step(plan, true), await step(plan, false)];
  expect(plain.reports).toEqual([]);
  expect(slow.reports.map(({ iteration }) => iteration)).toEqual([1, 2]);
  expect(slow.digest).toBe(plain.digest);
  const last = defined(slow.reports.at(-1), 'a report');
  expect(order(last)).toEqual(plan.players.flatMap(({ id }) => [`sample ${id}`, ...turn(id), `step ${id}`]));
  for (const [i, { id, networks }] of plan.players.entries()) {
    const own = last.phases.filter((phase) => 'player' in phase && phase.player === id);
    const [forward, loss, gradient, moved] = own;
    expect(forward?.type === 'forward' && Object.keys(forward.scores).sort()).toEqual(
      i === 0 ? ['d-fake', 'd-real'] : ['d-fake'],
    );
    expect(loss?.type === 'loss' && loss.value).toBe(slow.losses[id]?.at(-1));
    expect(gradient?.type === 'gradient' && gradient.norm).toBeGreaterThan(0);
    const [before, after] = slow.thetas.map((all) => defined(all[i], id));
    const length = Math.hypot(...defined(before, id).map((value, k) => (after?.[k] ?? 0) - value));
    expect(moved?.type === 'step' && moved.length / length).toBeCloseTo(1, 3);
    expect(moved?.nodes).toEqual([id, ...networks]);
  }
});

test('k steps are k turns', async () => {
  const plan = small('wgan-clipping');
  const [{ phases } = { phases: [] }] = (await step(plan, true, 1)).reports;
  const [critic, generator] = plan.players.map(({ id }) => id);
  const moves = phases.flatMap((phase) => (phase.type === 'step' ? [phase.player] : []));
  expect(moves.filter((player) => player === critic).length).toBeGreaterThan(1);
  expect(moves.at(-1)).toBe(generator);
});

test.each(['simultaneous', 'extragradient', 'consensus'] as const)(
  'players that move together: %s',
  async (update) => {
    const plan = small('ring', { update });
    const [report] = (await step(plan, true, 1)).reports;
    const ids = plan.players.map(({ id }) => id);
    expect(order(defined(report, 'a report'))).toEqual([
      `sample ${ids.join('+')}`,
      ...ids.flatMap(turn),
      ...(update === 'extragradient'
        ? [...ids.map((id) => `half-step ${id}`), ...ids.map((id) => `gradient ${id} half-step`)]
        : []),
      ...(update === 'consensus' ? ids.map((id) => `gradient ${id} consensus`) : []),
      ...ids.map((id) => `step ${id}`),
    ]);
  },
);

test('a look ahead is a phase of its own', async () => {
  const [report] = (await step(small('unrolled-gan'), true, 1)).reports;
  const ahead = defined(report, 'a report').phases.find(({ type }) => type === 'ahead');
  expect(ahead?.type === 'ahead' && ahead.steps).toBeGreaterThan(1);
});
