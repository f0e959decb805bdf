import { expect, test } from 'vitest';
import { sketch } from '@/lib/check/testing/graphs';
import { createGame } from '@/lib/compile/tf/game';
import { startBackend } from '@/lib/engine/backend';
import type { Network } from '@/lib/graph/schema';
import { planOf } from './testing/train';

/** θ goes 0, -1, -2 …: the average of it after so many updates, of four examples each. */
async function averageAfter(updates: number, ema: Network['ema']): Promise<number> {
  const { tf } = await startBackend('cpu');
  const graph = sketch({
    settings: { batchSize: 4, iterations: 4 },
    networks: [{ id: 'F', ...(ema !== undefined && { ema }) }],
    nodes: [
      { id: 'call', kind: 'call', params: { network: 'F' } },
      { id: 'cost', kind: 'mean' },
      { id: 'sgd', kind: 'sgd', params: { learningRate: 1 } },
      { id: 'theta', kind: 'parameter', network: 'F' },
      { id: 'out', kind: 'network-output', network: 'F' },
    ],
    wires: ['theta.out > out.in', 'call.out > cost.in', 'cost.out > sgd.loss', 'F.theta > sgd.theta'],
  });
  const game = createGame(tf, planOf(graph));
  for (let i = 0; i < updates; i++) for (const { loss } of game.iterate()) loss.dispose();
  const { averages } = game.state;
  const value = averages.get('theta.value')?.dataSync()[0];
  game.dispose();
  return value as number;
}

test('the decay of an average may be a ramp, read at each update', async () => {
  const ramp = { from: 0.8, to: 0.2, curve: 'linear', start: 0, end: 0.5 } as const;
  // Decays 0.8, 0.5, 0.2: ā = 0.2 · -1, then 0.5 · -0.2 + 0.5 · -2, then 0.2 · -1.1 + 0.8 · -3.
  expect(await averageAfter(1, ramp)).toBeCloseTo(-0.2, 6);
  expect(await averageAfter(2, ramp)).toBeCloseTo(-1.1, 6);
  expect(await averageAfter(3, ramp)).toBeCloseTo(-2.62, 6);
});

test('a half-life in examples is the decay by which half is left after so many', async () => {
  // Batches of 4 and a half-life of 8: decay √½ an update.
  expect(await averageAfter(1, { halfLife: 8 })).toBeCloseTo(-(1 - Math.SQRT1_2), 6);
  expect(await averageAfter(2, { halfLife: 8 })).toBeCloseTo(await averageAfter(2, Math.SQRT1_2), 6);
});
