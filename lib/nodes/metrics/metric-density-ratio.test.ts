import { beforeAll, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { sketch } from '@/lib/check/testing/graphs';
import { compilePlan } from '@/lib/compile/compile';
import { createGame } from '@/lib/compile/tf/game';
import { startBackend } from '@/lib/engine/backend';
import { createObserver } from '@/lib/train/observe';
import { createStream } from '@/lib/util/random';
import type { Tf } from '../define';
import { metricDensityRatio } from './metric-density-ratio';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

/** D is linear, and with two Gaussians of one width so is the best logit: (μ₁ - μ₂)(x - (μ₁ + μ₂)/2) / σ². */
const graph = (source: string, params: Record<string, unknown> = {}) =>
  sketch({
    networks: [{ id: 'D' }],
    nodes: [
      { id: 'real', kind: 'dataset', params: { source: 'gaussian', options: { mean: 1, sd: 1 } } },
      {
        id: 'fake',
        kind: 'dataset',
        params: source === 'gaussian' ? { source, options: { mean: -1, sd: 1 } } : { source },
      },
      { id: 'in', kind: 'network-input', network: 'D', params: { name: 'x', shape: [1] } },
      { id: 'line', kind: 'dense', network: 'D', params: { units: 1 } },
      { id: 'out', kind: 'network-output', network: 'D', params: { name: 'score' } },
      {
        id: 'ratio',
        kind: 'metric-density-ratio',
        params: { network: 'D', output: 'score', p: 'real', q: 'fake', ...params },
      },
    ],
    wires: ['in.out > line.in', 'line.out > out.in'],
  });

async function measured(of: ReturnType<typeof graph>, slope: number) {
  const checked = checkGraph(of);
  expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const game = createGame(tf, compilePlan(checked));
  const variables = game.state.weights;
  variables.get('line.kernel')?.assign(tf.tensor2d([[slope]]));
  variables.get('line.bias')?.assign(tf.tensor1d([0]));
  const { ratio } = await createObserver(game, () => 0).metrics();
  game.dispose();
  return ratio ?? {};
}

test('the best discriminator is recognised among others, in a run', async () => {
  const best = await measured(graph('gaussian'), 2);
  expect(best.meanError).toBeLessThan(1e-5);
  expect(best.maxError).toBeLessThan(1e-5);
  expect(Math.abs(best.valueGap as number)).toBeLessThan(1e-4);
  const flat = await measured(graph('gaussian'), 1);
  expect(flat.meanError).toBeGreaterThan(0.05);
  expect(flat.valueGap).toBeGreaterThan(0.01);
  const swapped = await measured(graph('gaussian'), -2);
  expect(swapped.meanError).toBeGreaterThan(0.5);
});

test('has no result without a density, or a probe', async () => {
  expect(await measured(graph('point'), 2)).toEqual({});
  const params = metricDensityRatio.params.parse({});
  expect(metricDensityRatio.measure({ params, inputs: {}, stream: createStream(1) })).toEqual({});
});

test('points of the plane are the middles of equal cells', () => {
  const probe = metricDensityRatio.probes?.probe(metricDensityRatio.params.parse({}));
  const points = probe?.points([
    [0, 1],
    [0, 2],
  ]);
  expect(points).toHaveLength(2 * 141 * 141);
  const mean = (axis: number) =>
    (points ?? new Float32Array()).reduce((sum, value, i) => (i % 2 === axis ? sum + value : sum), 0) /
    141 ** 2;
  expect(mean(0)).toBeCloseTo(0.5, 3);
  expect(mean(1)).toBeCloseTo(1, 3);
});
