import { describe, expect, test } from 'vitest';
import { type Sketch, sketch } from '@/lib/check/testing/graphs';
import { startBackend } from '@/lib/engine/backend';
import { planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { type CompiledGame, createGame } from './game';

/** A critic D with two hidden layers, scored at data of the plane; what it plays against is added. */
function critic(nodes: Sketch['nodes'], wires: readonly string[]) {
  const layers = ['d-1', 'd-2', 'd-3', 'd-4', 'd-5'];
  const path = ['d-in', ...layers, 'd-out'];
  const kinds = ['dense', 'tanh', 'dense', 'leaky-relu', 'dense'];
  return planOf(
    sketch({
      settings: { batchSize: 16, iterations: 100 },
      networks: [{ id: 'D' }],
      nodes: [
        { id: 'data', kind: 'dataset', params: { source: 'ring' } },
        { id: 'score', kind: 'call', params: { network: 'D' } },
        { id: 'see', kind: 'view-values' },
        { id: 'sgd', kind: 'sgd', params: { learningRate: 0.05 } },
        { id: 'd-in', kind: 'network-input', network: 'D' },
        ...layers.map((id, i) => ({
          id,
          kind: defined(kinds[i], id),
          network: 'D',
          ...(kinds[i] === 'dense' && { params: { units: i === 4 ? 1 : 8 } }),
        })),
        { id: 'd-out', kind: 'network-output', network: 'D' },
        ...nodes,
      ],
      wires: [
        ...path.slice(1).map((id, i) => `${path[i]}.out > ${id}.in`),
        'data.x > score.x',
        'score.out > see.in',
        'D.theta > sgd.theta',
        ...wires,
      ],
    }),
  );
}

/** 10 · mean((‖∇D(x)‖ - 1)²) by the loss that applies D itself. */
const byPenalty = () =>
  critic(
    [{ id: 'penalty', kind: 'gradient-penalty', params: { network: 'D', at: 'real' } }],
    ['data.x > penalty.real', 'penalty.out > sgd.loss'],
  );

/** The same of a wire's slope. */
const byNorm = () =>
  critic(
    [
      { id: 'norm', kind: 'gradient-norm' },
      { id: 'one', kind: 'constant', params: { shape: [1], value: 1 } },
      { id: 'square', kind: 'mean-squared-error' },
      { id: 'sum', kind: 'weighted-sum', params: { terms: { square: 10 } } },
    ],
    [
      'score.out > norm.of',
      'data.x > norm.at',
      'norm.out > square.a',
      'one.out > square.b',
      'square.out > sum.square',
      'sum.out > sgd.loss',
    ],
  );

const play = (game: CompiledGame): number[] =>
  [...game.iterate()].map(({ loss }) => {
    const value = loss.dataSync()[0] as number;
    loss.dispose();
    return value;
  });

const weightsOf = ({ state }: CompiledGame, key: string): number[] =>
  Array.from(defined(state.weights.get(key), key).dataSync());

const largest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));

describe.each(['cpu', 'wasm'] as const)('the slope of a wire, on %s', (backend) => {
  test('penalised, it is the gradient penalty at real: value and updates', async () => {
    const { tf } = await startBackend(backend);
    const [penalty, norm] = [createGame(tf, byPenalty()), createGame(tf, byNorm())];
    for (let i = 0; i < 5; i++) {
      const [expected, loss] = [penalty, norm].flatMap(play) as [number, number];
      expect(expected).toBeGreaterThan(0.1);
      expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-6);
      for (const key of penalty.state.weights.keys())
        expect(largest(weightsOf(norm, key), weightsOf(penalty, key))).toBeLessThan(1e-6);
    }
    penalty.dispose();
    norm.dispose();
  });

  /** mean ‖∂ D(G(z)) / ∂ z‖ of linear G and D is |W_g w_d|, and its gradients are known. */
  test('goes through two calls', async () => {
    const plan = planOf(
      sketch({
        settings: { batchSize: 4, iterations: 10 },
        networks: [{ id: 'G' }, { id: 'D' }],
        nodes: [
          { id: 'z', kind: 'latent', params: { shape: [3] } },
          { id: 'fake', kind: 'call', params: { network: 'G' } },
          { id: 'score', kind: 'call', params: { network: 'D' } },
          { id: 'norm', kind: 'gradient-norm' },
          { id: 'loss', kind: 'mean' },
          { id: 'sgd', kind: 'sgd', params: { learningRate: 0.1 } },
          { id: 'g-in', kind: 'network-input', network: 'G' },
          { id: 'g', kind: 'dense', network: 'G', params: { units: 2 } },
          { id: 'g-out', kind: 'network-output', network: 'G' },
          { id: 'd-in', kind: 'network-input', network: 'D' },
          { id: 'd', kind: 'dense', network: 'D', params: { units: 1 } },
          { id: 'd-out', kind: 'network-output', network: 'D' },
        ],
        wires: [
          'g-in.out > g.in',
          'g.out > g-out.in',
          'd-in.out > d.in',
          'd.out > d-out.in',
          'z.out > fake.x',
          'fake.out > score.x',
          'score.out > norm.of',
          'z.out > norm.at',
          'norm.out > loss.in',
          'loss.out > sgd.loss',
          'G.theta > sgd.theta',
          'D.theta > sgd.theta',
        ],
      }),
    );
    const { tf } = await startBackend(backend);
    const game = createGame(tf, plan);
    const [wg, wd] = [weightsOf(game, 'g.kernel'), weightsOf(game, 'd.kernel')];
    const slope = [0, 1, 2].map(
      (i) => (wg[2 * i] ?? 0) * (wd[0] as number) + (wg[2 * i + 1] ?? 0) * (wd[1] as number),
    );
    const norm = Math.hypot(...slope);
    expect(play(game)[0]).toBeCloseTo(norm, 5);
    const unit = slope.map((value) => value / norm);
    const gradientOfG = unit.flatMap((u) => wd.map((w) => u * w));
    const gradientOfD = [0, 1].map((j) => unit.reduce((sum, u, i) => sum + u * (wg[2 * i + j] ?? 0), 0));
    const moved = (from: readonly number[], gradient: readonly number[]) =>
      from.map((value, i) => value - 0.1 * (gradient[i] ?? Number.NaN));
    expect(largest(weightsOf(game, 'g.kernel'), moved(wg, gradientOfG))).toBeLessThan(1e-6);
    expect(largest(weightsOf(game, 'd.kernel'), moved(wd, gradientOfD))).toBeLessThan(1e-6);
    const before = tf.memory().numTensors;
    play(game);
    expect(tf.memory().numTensors).toBe(before);
    game.dispose();
  });
});

test('a slope past a stopped gradient is zero', async () => {
  const plan = critic(
    [
      { id: 'norm', kind: 'gradient-norm' },
      { id: 'stopped', kind: 'stop-gradient' },
      { id: 'again', kind: 'call', params: { network: 'D' } },
      { id: 'look', kind: 'view-values' },
      { id: 'mean', kind: 'mean' },
    ],
    [
      'data.x > stopped.in',
      'stopped.out > again.x',
      'again.out > norm.of',
      'data.x > norm.at',
      'norm.out > look.in',
      'score.out > mean.in',
      'mean.out > sgd.loss',
    ],
  );
  const { tf } = await startBackend('cpu');
  const game = createGame(tf, plan);
  const found = await game.read([{ node: 'norm', port: 'out' }], 3);
  const { data, dims } = defined(found.get('norm.out'), 'norm');
  expect(dims).toEqual([3, 1]);
  for (const value of data) expect(value).toBeCloseTo(1e-6, 9);
  game.dispose();
});
