import { beforeAll, describe, expect, test } from 'vitest';
import { sketch } from '@/lib/check/testing/graphs';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { type CompiledGame, createGame } from './game';
import { createReference } from './reference';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

const ROWS = 8;

/** G maps noise to the plane and D, whose norm is `norm`, scores it. */
const game = (norm: string, extra: Parameters<typeof sketch>[0] = { nodes: [] }) =>
  createGame(
    engine.tf,
    planOf(
      sketch({
        settings: { batchSize: ROWS, iterations: 10, ...extra.settings },
        networks: [{ id: 'G' }, { id: 'D' }],
        nodes: [
          { id: 'z', kind: 'latent', params: { shape: [3] } },
          { id: 'fake', kind: 'call', params: { network: 'G' } },
          { id: 'score', kind: 'call', params: { network: 'D' } },
          { id: 'loss', kind: 'mean' },
          { id: 'sgd', kind: 'sgd', params: { learningRate: 0.1 } },
          { id: 'see', kind: 'view-values' },
          { id: 'g-in', kind: 'network-input', network: 'G', params: { name: 'z' } },
          { id: 'g-dense', kind: 'dense', network: 'G', params: { units: 2 } },
          { id: 'g-out', kind: 'network-output', network: 'G', params: { name: 'x' } },
          { id: 'd-in', kind: 'network-input', network: 'D', params: { name: 'x' } },
          { id: 'd-dense', kind: 'dense', network: 'D', params: { units: 3 } },
          { id: 'd-norm', kind: norm, network: 'D' },
          { id: 'd-tanh', kind: 'tanh', network: 'D' },
          { id: 'd-last', kind: 'dense', network: 'D', params: { units: 1 } },
          { id: 'd-out', kind: 'network-output', network: 'D', params: { name: 'score' } },
          ...extra.nodes,
        ],
        wires: [
          'g-in.out > g-dense.in',
          'g-dense.out > g-out.in',
          'd-in.out > d-dense.in',
          'd-dense.out > d-norm.in',
          'd-norm.out > d-tanh.in',
          'd-tanh.out > d-last.in',
          'd-last.out > d-out.in',
          'z.out > fake.z',
          'fake.x > score.x',
          'score.score > loss.in',
          'loss.out > sgd.loss',
          'G.theta > sgd.theta',
          'D.theta > sgd.theta',
          'score.score > see.in',
          ...(extra.wires ?? []),
        ],
      }),
    ),
  );

const SCORE = { node: 'score', port: 'score' };
const Z = { node: 'z', port: 'out' };

const rowsOf = (data: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: data.length / width }, (_, i) => Array.from(data).slice(i * width, (i + 1) * width));

/** The scores of a batch of noise by plain arithmetic, the reference pushed through with the same weights. */
function onPaper({ state }: CompiledGame, reference: number[][], live: number[][]): number[] {
  const numbers = (key: string) => Array.from(defined(state.weights.get(key), key).dataSync());
  const dense = (rows: number[][], layer: string): number[][] => {
    const bias = numbers(`${layer}.bias`);
    const kernel = rowsOf(numbers(`${layer}.kernel`), bias.length);
    return rows.map((row) =>
      bias.map((b, j) => row.reduce((sum, x, i) => sum + x * (kernel[i]?.[j] ?? Number.NaN), b)),
    );
  };
  const hidden = (rows: number[][]) => dense(dense(rows, 'g-dense'), 'd-dense');
  const seen = hidden(reference);
  const n = seen.length;
  const mean = (f: (row: number[]) => number) => seen.reduce((sum, row) => sum + f(row), 0) / n;
  const [gamma, beta] = [numbers('d-norm.gamma'), numbers('d-norm.beta')];
  const normed = hidden(live).map((row) =>
    row.map((x, j) => {
      const centre = (x + n * mean((other) => other[j] ?? 0)) / (n + 1);
      const square = (x * x + n * mean((other) => (other[j] ?? 0) ** 2)) / (n + 1);
      const unit = (x - centre) / Math.sqrt(square - centre ** 2 + 1e-5);
      return Math.tanh((gamma[j] ?? 0) * unit + (beta[j] ?? 0));
    }),
  );
  return dense(normed, 'd-last').map(([score]) => score as number);
}

/** The noise of the reference batch, which is drawn once for the run. */
function referenceNoise({ plan }: CompiledGame): number[][] {
  const reference = createReference(engine.tf, { ...plan, networks: [] });
  const network = { ...defined(plan.networks[1], 'D'), reference: { x: Z } };
  const pass = { tf: engine.tf } as Parameters<typeof reference.inputs>[0];
  const { x } = reference.inputs(pass, network);
  const rows = rowsOf(defined(x, 'noise').dataSync(), 3);
  reference.dispose();
  return rows;
}

describe('I12: a network with a reference batch', () => {
  test('normalises by what its first call is fed, pushed through with the present weights', async () => {
    const played = game('virtual-batch-norm');
    expect(defined(played.plan.networks[1], 'D').reference).toEqual({ x: { node: 'fake', port: 'x' } });
    for (let i = 0; i < 3; i++) {
      const found = await played.read([SCORE, Z], 5);
      const live = rowsOf(defined(found.get('z.out'), 'noise').data, 3);
      const expected = onPaper(played, referenceNoise(played), live);
      const scores = Array.from(defined(found.get('score.score'), 'scores').data);
      expect(scores).toHaveLength(5);
      scores.forEach((score, k) => {
        expect(Math.abs(score - (expected[k] ?? Number.NaN))).toBeLessThan(1e-5);
      });
      for (const { loss } of played.iterate()) loss.dispose();
    }
    played.dispose();
  });

  test('an example has one score in any company; with batch norm it has not', async () => {
    const spread = async (norm: string) => {
      const played = game(norm);
      // The scores are all that is normalised, with some weight.
      engine.tf.tidy(() =>
        played.state.weights.get('d-last.kernel')?.assign(engine.tf.tensor2d([[2], [3], [5]])),
      );
      const [few, many] = [await played.read([SCORE], 2), await played.read([SCORE], 64)];
      played.dispose();
      const scores = (found: typeof few) => defined(found.get('score.score'), 'scores').data.subarray(0, 2);
      return Math.max(...scores(few).map((score, k) => Math.abs(score - (scores(many)[k] ?? Number.NaN))));
    };
    expect(await spread('virtual-batch-norm')).toBeLessThan(1e-6);
    expect(await spread('batch-norm')).toBeGreaterThan(0.1);
  });

  test('trains as differences say, through the reference too', () => {
    const played = game('virtual-batch-norm');
    const weight = () => defined(played.state.weights.get('g-dense.kernel'), 'kernel');
    const start = Array.from(weight().dataSync());
    const lossAt = (kernel: readonly number[]): number => {
      const other = game('virtual-batch-norm');
      const variable = defined(other.state.weights.get('g-dense.kernel'), 'kernel');
      variable.assign(engine.tf.tensor([...kernel], variable.shape as [number, number]));
      const [result] = [...other.iterate()].map(({ loss }) => loss.dataSync()[0] as number);
      other.dispose();
      return defined(result, 'a loss');
    };
    for (const { loss } of played.iterate()) loss.dispose();
    const moved = Array.from(weight().dataSync());
    start.forEach((value, i) => {
      const at = (shift: number) => lossAt(start.with(i, value + shift));
      const slope = (at(1e-2) - at(-1e-2)) / 2e-2;
      expect(Math.abs((value - (moved[i] ?? Number.NaN)) / 0.1 - slope)).toBeLessThan(2e-3);
    });
    played.dispose();
  });

  test('is the same in every run of a seed, and another for another', async () => {
    const first = async (seed: number) => {
      const played = game('virtual-batch-norm', { settings: { seed }, nodes: [] });
      const noise = referenceNoise(played);
      played.dispose();
      return noise;
    };
    expect(await first(1)).toEqual(await first(1));
    expect(await first(1)).not.toEqual(await first(2));
  });

  test('leaves no tensors behind', async () => {
    const { tf } = engine;
    const before = tf.memory().numTensors;
    const played = game('virtual-batch-norm');
    for (let i = 0; i < 2; i++) for (const { loss } of played.iterate()) loss.dispose();
    await played.read([SCORE], 4);
    const middle = tf.memory().numTensors;
    for (let i = 0; i < 2; i++) for (const { loss } of played.iterate()) loss.dispose();
    await played.read([SCORE], 4);
    expect(tf.memory().numTensors).toBe(middle);
    played.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
