import { beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { sketch } from '@/lib/check/testing/graphs';
import { compilePlan } from '@/lib/compile/compile';
import { createGame } from '@/lib/compile/tf/game';
import { startBackend } from '@/lib/engine/backend';
import { createObserver } from '@/lib/train/observe';
import { createStream } from '@/lib/util/random';
import type { Tf } from '../define';
import { metricBound } from './metric-bound';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

/** A linear critic between Gaussians of one width, where the best logit is linear too. */
const graph = (objective: string, p: object = { source: 'gaussian', options: { mean: 1, sd: 1 } }) =>
  sketch({
    networks: [{ id: 'D' }],
    nodes: [
      { id: 'real', kind: 'dataset', params: { ...p } },
      { id: 'fake', kind: 'dataset', params: { source: 'gaussian', options: { mean: -1, sd: 1 } } },
      { id: 'in', kind: 'network-input', network: 'D', params: { name: 'x', shape: [1] } },
      { id: 'line', kind: 'dense', network: 'D', params: { units: 1 } },
      { id: 'out', kind: 'network-output', network: 'D', params: { name: 'score' } },
      {
        id: 'bound',
        kind: 'metric-bound',
        params: { network: 'D', output: 'score', p: 'real', q: 'fake', objective },
      },
    ],
    wires: ['in.out > line.in', 'line.out > out.in'],
  });

async function measured(of: ReturnType<typeof graph>, slope: number, offset = 0) {
  const checked = checkGraph(of);
  expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const game = createGame(tf, compilePlan(checked));
  game.state.weights.get('line.kernel')?.assign(tf.tensor2d([[slope]]));
  game.state.weights.get('line.bias')?.assign(tf.tensor1d([offset]));
  const { bound } = await createObserver(game, () => 0).metrics();
  game.dispose();
  return bound ?? {};
}

describe('metric-bound, in a run', () => {
  test('is tight at the best critic and below the truth at others', async () => {
    // KL(N(1, 1) ‖ N(-1, 1)) = 2; ln p/q = 2x, and KL's critic is one more.
    const best = await measured(graph('kl'), 2, 1);
    expect(best.truth).toBeCloseTo(2, 4);
    expect(Math.abs(best.gap as number)).toBeLessThan(1e-5);
    const other = await measured(graph('kl'), 1, 1);
    expect(other.gap).toBeGreaterThan(0.05);
    const gan = await measured(graph('gan'), 2);
    expect(Math.abs(gan.gap as number)).toBeLessThan(1e-5);
  });

  test('of a cost is above the truth', async () => {
    // 2 (1 - TV) with TV = 2 Φ(1) - 1.
    const { truth, gap } = await measured(graph('hinge'), 5);
    expect(truth).toBeCloseTo(2 * (1 - 0.682689492), 4);
    expect(gap).toBeGreaterThan(0);
  });

  test('has no result without a density, or a probe', async () => {
    expect(await measured(graph('kl', { source: 'point' }), 2)).toEqual({});
    const params = metricBound.params.parse({});
    expect(metricBound.measure({ params, inputs: {}, stream: createStream(1) })).toEqual({});
  });
});
