import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ringWith } from '@/lib/check/testing/graphs';
import { compilePlan } from '@/lib/compile/compile';
import { createGame } from '@/lib/compile/tf/game';
import { canConnect } from '@/lib/edit/can-connect';
import { startBackend } from '@/lib/engine/backend';
import { createObserver } from '@/lib/train/observe';
import { defined } from '@/lib/util/assert';

test('a loss may be followed as tensors are, and nothing else may', async () => {
  const graph = ringWith({
    nodes: [{ id: 'cost', kind: 'metric-value', params: { samples: 600 } }],
    wires: ['loss.d > cost.in', 'd-real.score > cost.in'],
  });
  const checked = checkGraph(graph);
  expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(canConnect(checked, 'loss.g', 'cost.in')).toEqual({ ok: true });
  expect(canConnect(checked, 'D.theta', 'cost.in')).toMatchObject({ ok: false, why: 'impossible' });
  expect(canConnect(checked, 'loss.g', 'samples.fake')).toMatchObject({ ok: false, why: 'impossible' });
  const { tf } = await startBackend('cpu');
  const game = createGame(tf, compilePlan(checked));
  const { cost } = await createObserver(game, () => 0).metrics();
  const { mean, min, max, mean2, min2, max2 } = defined(cost, 'figures');
  // Untrained, the loss is near log 4; two batches of 600 samples give two numbers.
  expect(mean).toBeGreaterThan(0.5);
  expect(max).toBeGreaterThan(min as number);
  expect((mean as number) * 2).toBeCloseTo((min as number) + (max as number), 5);
  expect(mean2).toBeGreaterThan(min2 as number);
  expect(mean2).toBeLessThan(max2 as number);
  game.dispose();
});
