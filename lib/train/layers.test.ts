import { beforeAll, expect, test } from 'vitest';
import { createGame } from '@/lib/compile/tf/game';
import type { Picture } from '@/lib/draw/picture';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import { defined } from '@/lib/util/assert';
import { createObserver } from './observe';
import { loadExample, planOf, withParams } from './testing/train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

/** What the surface of an example shows with all layers on, with the game that it looks at. */
async function surfaceOf(example: string, show: 'raw' | 'probability' = 'raw', wires: Graph['wires'] = []) {
  const loaded = loadExample(example, { batchSize: 32 });
  const graph: Graph = { ...loaded, wires: [...loaded.wires, ...wires] };
  const view = defined(
    graph.nodes.find(({ kind }) => kind === 'view-surface'),
    'a surface',
  ).id;
  const params = { grid: true, arrows: true, optimum: true, show };
  const plan = planOf(withParams(graph, { [view]: params }));
  const game = createGame(engine.tf, plan);
  const picture = defined((await createObserver(game, () => 0).pictures())[view], view);
  return { game, picture };
}

const points = (picture: Picture) => {
  if (picture.type !== 'points') throw new Error(picture.type);
  return picture;
};

test('the surface, the grid of G and the pull of its loss lie in one picture', async () => {
  const { game, picture } = await surfaceOf('gan-lab');
  const { surface, sheet, arrows, fake, optimum } = points(picture);
  expect(surface?.values).toHaveLength(48 * 48);
  expect(sheet?.columns).toBe(16);
  expect(sheet?.points).toHaveLength(2 * 16 * 16);
  // The arrows begin at fakes that are shown, and go down the slope of G's loss.
  const count = defined(arrows, 'arrows').tails.length / 2;
  expect(count).toBe(150);
  expect(arrows?.tails).toEqual(fake?.slice(0, 2 * count));
  const g = defined(
    game.plan.players.find(({ networks }) => networks.includes('G')),
    'G’s player',
  );
  const call = defined(
    game.plan.game.find(({ kind, params }) => kind === 'call' && params.network === 'G'),
    'G(z)',
  );
  const slope = defined(
    await game.slope(g.loss, { node: call.id, port: Object.keys(call.outputShapes)[0] ?? '' }, 500),
    'slope',
  );
  for (let i = 0; i < 10; i++) {
    const [dx, dy] = [0, 1].map((axis) => {
      const at = 2 * i + axis;
      return ((arrows?.heads[at] ?? 0) - (arrows?.tails[at] ?? 0)) * (slope.data[at] ?? 0);
    });
    expect((dx ?? 0) + (dy ?? 0)).toBeLessThan(0);
  }
  // Nothing is known of the density of what G makes.
  expect(optimum).toBeUndefined();
  game.dispose();
});

test('averaged fakes have the arrows of those that the loss reads', async () => {
  const { game, picture } = await surfaceOf('ring', 'raw', [['ema.x', 'surface.fake']]);
  expect(points(picture).arrows?.tails).toHaveLength(300);
  game.dispose();
});

test('where both densities are known the best D is theirs', async () => {
  const { game, picture } = await surfaceOf('optimal-discriminator', 'probability');
  const optimum =
    picture.type === 'densities'
      ? picture.optimum
      : picture.type === 'points'
        ? picture.optimum?.values
        : undefined;
  const values = [...defined(optimum, 'best')].filter(Number.isFinite);
  expect(Math.max(...values)).toBeGreaterThan(0.5);
  expect(Math.min(...values)).toBeLessThan(0.5);
  expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  game.dispose();
});

test('values are listed by what their wires are called', async () => {
  const game = createGame(engine.tf, planOf(loadExample('lecam', { batchSize: 8 })));
  const picture = (await createObserver(game, () => 0).pictures()).spread;
  expect(picture?.type === 'values' ? picture.rows.map(({ label }) => label) : []).toEqual([
    'D(x)',
    'D(unseen)',
    'D(G(z))',
  ]);
});
