import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '@/lib/check/parse';
import { type CompiledGame, createGame } from '@/lib/compile/tf/game';
import type { StateData } from '@/lib/compile/tf/state';
import { startBackend } from '@/lib/engine/backend';
import { differenceOf } from '@/lib/engine/testing/compare';
import { defined } from '@/lib/util/assert';
import { planOf } from './testing/train';

/** What optimisation may change: the time, and the last digits. */
const gamePath = (id: string) => new URL(`../../bench/games/${id}.json`, import.meta.url);

async function gameOn(id: string, stockKernels: boolean): Promise<CompiledGame> {
  const parsed = parseDocument(readFileSync(gamePath(id), 'utf8'));
  if (!parsed.ok) throw new Error(`${id} does not parse`);
  const { tf } = await startBackend('wasm', { stockKernels });
  return createGame(tf, planOf(parsed.graph));
}

function iterate(game: CompiledGame): void {
  for (const { loss } of game.iterate()) loss.dispose();
}

/** The largest difference of a weight, relative to the largest weight of its kind. */
function apart(a: StateData, b: StateData): number {
  const weights = [...a.arrays].filter(([name]) => name.startsWith('weights/'));
  return Math.max(
    ...weights.map(([name, { values }]) => differenceOf(values, defined(b.arrays.get(name), name).values)),
  );
}

describe('optimised against stock', () => {
  it.each(['mlp-2d', 'dcgan-28'])(
    '%s: one update agrees to 1e-5, ten iterations to 1e-3',
    async (id) => {
      const stock = await gameOn(id, true);
      const start = await stock.readState();
      for (const { loss } of take(stock.iterate(), 1)) loss.dispose();
      const stockOne = await stock.readState();
      stock.writeState(start);
      stock.counters.updates = 0;
      for (let i = 0; i < 10; i++) iterate(stock);
      const stockTen = await stock.readState();
      stock.dispose();

      const ours = await gameOn(id, false);
      expect(apart(await ours.readState(), start)).toBe(0);
      for (const { loss } of take(ours.iterate(), 1)) loss.dispose();
      expect(apart(await ours.readState(), stockOne)).toBeLessThan(1e-5);
      ours.writeState(start);
      ours.counters.updates = 0;
      for (let i = 0; i < 10; i++) iterate(ours);
      expect(apart(await ours.readState(), stockTen)).toBeLessThan(1e-3);
      ours.dispose();
    },
    120_000,
  );
});

function* take<T>(from: Iterable<T>, count: number): Generator<T> {
  let left = count;
  if (left > 0)
    for (const item of from) {
      yield item;
      if (--left === 0) return;
    }
}

describe('kernel calls of an iteration', () => {
  it.each([
    ['mlp-2d', 220],
    ['dcgan-28', 300],
  ] as const)('%s makes at most %i', async (id, most) => {
    const game = await gameOn(id, false);
    const { tf } = await startBackend('wasm');
    iterate(game);
    const { kernels } = await tf.profile(() => iterate(game));
    expect(kernels.length).toBeLessThanOrEqual(most);
    game.dispose();
  });
});
