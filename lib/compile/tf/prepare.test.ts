import { beforeAll, expect, it } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import { loadExample, planOf, withParams } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { type CompiledGame, createGame } from './game';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

/** GAN Lab's game with spectral norm in D's first layer. */
const normalised = (): Graph =>
  withParams(loadExample('gan-lab', { batchSize: 4 }), { 'd-dense-1': { spectralNorm: true } });

const directionOf = ({ state }: CompiledGame): number[] =>
  Array.from(defined(state.buffers.get('d-dense-1.direction'), 'direction').dataSync());

it('a power iteration is made before each update of the network that it belongs to, and in no other', () => {
  const game = createGame(engine.tf, planOf(normalised()));
  const before = directionOf(game);
  expect(Math.hypot(...before)).toBeCloseTo(1, 5);
  const after: Record<string, number[]> = {};
  const changed: Record<string, boolean> = {};
  let last = before;
  for (const { player, loss } of game.iterate()) {
    loss.dispose();
    after[player] = directionOf(game);
    changed[player] = after[player].some((value, i) => value !== last[i]);
    last = after[player];
  }
  expect(changed).toMatchObject({ 'sgd-d': true, 'sgd-g': false });
  game.dispose();
});

it('views and probes leave the direction alone', async () => {
  const game = createGame(engine.tf, planOf(normalised()));
  const before = directionOf(game);
  await game.read([{ node: 'd-real', port: 'score' }], 10);
  expect(directionOf(game)).toEqual(before);
  game.dispose();
});
