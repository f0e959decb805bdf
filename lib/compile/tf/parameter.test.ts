import { beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { type Sketch, sketch } from '@/lib/check/testing/graphs';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { createGame } from './game';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

/** The Dirac-GAN with data at 0.5: G is a number, D multiplies by another. */
const dirac = (batchSize: number) =>
  sketch({
    settings: { batchSize, iterations: 100 },
    networks: [{ id: 'G' }, { id: 'D' }],
    nodes: [
      { id: 'data', kind: 'dataset', params: { source: 'point', options: { value: 0.5 } } },
      { id: 'fake', kind: 'call', params: { network: 'G' } },
      { id: 'd-fake', kind: 'call', params: { network: 'D' } },
      { id: 'd-real', kind: 'call', params: { network: 'D' } },
      { id: 'loss', kind: 'loss-non-saturating' },
      { id: 'move-g', kind: 'sgd', params: { learningRate: 0.2 } },
      { id: 'move-d', kind: 'sgd', params: { learningRate: 0.2, order: 1 } },
      { id: 'theta', kind: 'parameter', network: 'G', params: { value: 1 } },
      { id: 'g-out', kind: 'network-output', network: 'G', params: { name: 'x' } },
      { id: 'd-in', kind: 'network-input', network: 'D', params: { name: 'x' } },
      { id: 'psi', kind: 'parameter', network: 'D', params: { value: 0.5 } },
      { id: 'product', kind: 'multiply', network: 'D' },
      { id: 'd-out', kind: 'network-output', network: 'D', params: { name: 'score' } },
    ],
    wires: [
      'theta.out > g-out.in',
      'd-in.out > product.in',
      'psi.out > product.in',
      'product.out > d-out.in',
      'fake.x > d-fake.x',
      'data.x > d-real.x',
      'd-fake.score > loss.fake',
      'd-real.score > loss.real',
      'loss.g > move-g.loss',
      'loss.d > move-d.loss',
      'G.theta > move-g.theta',
      'D.theta > move-d.theta',
    ],
  });

test('S3: a network without inputs runs at the batch size, so that its output meets data', async () => {
  const graph = dirac(16);
  const checked = checkGraph(graph);
  expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(checked.nodes.get('fake')?.outputShapes.get('x')).toEqual({ dims: [1], batch: 1 });
  const game = createGame(engine.tf, planOf(graph));
  const found = await game.read([{ node: 'fake', port: 'x' }], 5);
  expect(found.get('fake.x')).toMatchObject({ dims: [5, 1], data: Float32Array.from([1, 1, 1, 1, 1]) });
  game.dispose();
});

test('the game is that of one row, whatever the batch size', () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  for (const batchSize of [1, 16]) {
    const game = createGame(engine.tf, planOf(dirac(batchSize)));
    let [theta, psi] = [1, 0.5];
    for (let i = 0; i < 20; i++) {
      for (const { loss } of game.iterate()) loss.dispose();
      theta += 0.2 * psi * sigmoid(-psi * theta);
      psi += 0.2 * (0.5 * sigmoid(-psi * 0.5) - theta * sigmoid(psi * theta));
    }
    const at = (key: string) => defined(game.state.weights.get(key), key).dataSync()[0] as number;
    expect(at('theta.value')).toBeCloseTo(theta, 5);
    expect(at('psi.value')).toBeCloseTo(psi, 5);
    game.dispose();
  }
});

describe('a learned constant', () => {
  /** [x, θ] for x of some batch factor, by what `before` puts between the data and the call. */
  const joined = (before: Sketch['nodes'], wires: readonly string[]) =>
    sketch({
      networks: [{ id: 'N' }],
      nodes: [
        { id: 'z', kind: 'latent', params: { shape: [2] } },
        { id: 'call', kind: 'call', params: { network: 'N' } },
        { id: 'see', kind: 'view-values' },
        { id: 'in', kind: 'network-input', network: 'N' },
        { id: 'theta', kind: 'parameter', network: 'N', params: { shape: [3], value: 7 } },
        { id: 'both', kind: 'concat', network: 'N' },
        { id: 'out', kind: 'network-output', network: 'N' },
        ...before,
      ],
      wires: ['in.out > both.in', 'theta.out > both.in', 'both.out > out.in', 'call.out > see.in', ...wires],
    });

  test.each([
    ['the whole batch', [], ['z.out > call.x'], 6, 2],
    [
      'half of it, packed',
      [{ id: 'pack', kind: 'pack', params: { m: 2 } }],
      ['z.out > pack.in', 'pack.out > call.x'],
      3,
      4,
    ],
    [
      'one row of moments',
      [{ id: 'moments', kind: 'batch-moments' }],
      ['z.out > moments.in', 'moments.out > call.x'],
      1,
      8,
    ],
  ] as const)('stands beside %s', async (_, before, wires, rows, width) => {
    const game = createGame(engine.tf, planOf(joined(before, wires)));
    const found = await game.read([{ node: 'call', port: 'out' }], 6);
    const { data, dims } = defined(found.get('call.out'), 'out');
    expect(dims).toEqual([rows, width + 3]);
    for (let row = 0; row < rows; row++)
      expect([...data.slice(row * (width + 3) + width, (row + 1) * (width + 3))]).toEqual([7, 7, 7]);
    game.dispose();
  });
});
