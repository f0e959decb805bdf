import { beforeAll, describe, expect, test } from 'vitest';
import { type Sketch, sketch } from '@/lib/check/testing/graphs';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { TensorData, Tf } from '@/lib/nodes/define';
import { logAbsDet } from '@/lib/nodes/testing/log-abs-det';
import { planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { type CompiledGame, createGame } from './game';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

/** A chain of layers as a network F. */
const chain = (layers: readonly Omit<Sketch['nodes'][number], 'id'>[]) => {
  const ids = ['f-in', ...layers.map((_, i) => `f-${i}`), 'f-out'];
  return {
    nodes: [
      { id: 'f-in', kind: 'network-input', network: 'F', params: { name: 'x' } },
      ...layers.map((layer, i) => ({ ...layer, id: `f-${i}`, network: 'F' })),
      { id: 'f-out', kind: 'network-output', network: 'F', params: { name: 'z' } },
    ] as Sketch['nodes'],
    wires: ids.slice(1).map((id, i) => `${ids[i]}.out > ${id}.in`),
  };
};

/** Numbers of no small size, since a coupling starts as the identity. */
function stir(tf: Tf, { state }: CompiledGame, size = 0.7): void {
  [...state.weights.values()].forEach((variable, i) => {
    tf.tidy(() => variable.assign(tf.randomNormal(variable.shape, 0, size, 'float32', 11 + i) as never));
  });
}

const at = (found: ReadonlyMap<string, TensorData>, key: string): TensorData => defined(found.get(key), key);

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))));

describe('a call backwards', () => {
  const flow = chain([
    { kind: 'flatten' },
    { kind: 'coupling', params: { units: 6 } },
    { kind: 'scale', params: { factor: -1.5, offset: 0.3 } },
    { kind: 'coupling', params: { units: 6, mask: 'odd' } },
    { kind: 'reshape', params: { shape: [3, 2] } },
  ]);
  const game = () => {
    const played = createGame(
      engine.tf,
      planOf(
        sketch({
          networks: [{ id: 'F' }],
          nodes: [
            { id: 'noise', kind: 'latent', params: { shape: [2, 1, 3] } },
            { id: 'there', kind: 'call', params: { network: 'F' } },
            { id: 'back', kind: 'call', params: { network: 'F', inverse: true } },
            { id: 'see', kind: 'view-values' },
            ...flow.nodes,
          ],
          wires: [
            ...flow.wires,
            'noise.out > there.x',
            'there.z > back.z',
            'back.x > see.in',
            'there.log-det > see.in',
            'back.log-det > see.in',
          ],
        }),
      ),
    );
    stir(engine.tf, played);
    return played;
  };
  const refs = [
    { node: 'noise', port: 'out' },
    { node: 'there', port: 'z' },
    { node: 'there', port: 'log-det' },
    { node: 'back', port: 'x' },
    { node: 'back', port: 'log-det' },
  ];

  test('gives back what went in, in its shape, and minus the log-determinant', async () => {
    const played = game();
    const found = await played.read(refs, 50);
    expect(at(found, 'there.z').dims).toEqual([50, 3, 2]);
    expect(at(found, 'back.x').dims).toEqual([50, 2, 1, 3]);
    expect(at(found, 'back.log-det').dims).toEqual([50, 1]);
    expect(largest(at(found, 'there.z').data, at(found, 'noise.out').data)).toBeGreaterThan(1);
    expect(largest(at(found, 'back.x').data, at(found, 'noise.out').data)).toBeLessThan(1e-5);
    const there = at(found, 'there.log-det').data;
    expect(
      largest(
        at(found, 'back.log-det').data,
        there.map((value) => -value),
      ),
    ).toBeLessThan(1e-5);
    expect(Math.max(...there) - Math.min(...there)).toBeGreaterThan(0.5);
    played.dispose();
  });

  test('its log-determinant is that of the Jacobian', async () => {
    const played = game();
    stir(engine.tf, played, 0.4);
    const found = await played.read(refs, 4);
    const STEP = 0.04;
    for (let row = 0; row < 4; row++) {
      const x = Array.from(at(found, 'noise.out').data.slice(6 * row, 6 * row + 6));
      const steps = [STEP, -STEP, STEP / 2, -STEP / 2];
      const points = x.flatMap((_, i) => steps.flatMap((step) => x.with(i, (x[i] ?? 0) + step)));
      const probe = {
        network: 'F',
        input: 'x',
        output: 'z',
        mostAxes: 6,
        points: () => Float32Array.from(points),
      };
      const { data } = await played.probe(probe, []);
      // Rows of the probe: four steps for each axis, six numbers each.
      const z = (axis: number, step: number, k: number) => data[24 * axis + 6 * step + k] ?? Number.NaN;
      const jacobian = x.map((_, i) =>
        x.map((_, k) => {
          const [wide, narrow] = [z(i, 0, k) - z(i, 1, k), z(i, 2, k) - z(i, 3, k)];
          return (8 * narrow - wide) / (6 * STEP); // Richardson
        }),
      );
      const logDet = at(found, 'there.log-det').data[row] as number;
      expect(Math.abs(logDet - logAbsDet(jacobian))).toBeLessThan(1e-4);
    }
    played.dispose();
  });

  test('its likelihood trains, and the density that it gives integrates to 1', async () => {
    const flow2 = chain(
      ['even', 'odd', 'even', 'odd'].map((mask) => ({ kind: 'coupling', params: { units: 16, mask } })),
    );
    const played = createGame(
      engine.tf,
      planOf(
        sketch({
          settings: { batchSize: 128, iterations: 200 },
          networks: [{ id: 'F' }],
          nodes: [
            { id: 'data', kind: 'dataset', params: { source: 'two-moons' } },
            { id: 'there', kind: 'call', params: { network: 'F' } },
            { id: 'likelihood', kind: 'flow-log-likelihood' },
            { id: 'loss', kind: 'weighted-sum', params: { terms: { likelihood: -1 } } },
            { id: 'adam', kind: 'adam', params: { learningRate: 5e-3 } },
            {
              id: 'square',
              kind: 'latent',
              params: { shape: [2], distribution: 'uniform', low: -4, high: 4 },
            },
            { id: 'at', kind: 'call', params: { network: 'F' } },
            { id: 'see', kind: 'view-values' },
            ...flow2.nodes,
          ],
          wires: [
            ...flow2.wires,
            'data.x > there.x',
            'there.z > likelihood.z',
            'there.log-det > likelihood.log-det',
            'likelihood.out > loss.likelihood',
            'loss.out > adam.loss',
            'F.theta > adam.theta',
            'square.out > at.x',
            'at.z > see.in',
            'at.log-det > see.in',
          ],
        }),
      ),
    );
    const losses: number[] = [];
    for (let i = 0; i < 200; i++)
      for (const { loss } of played.iterate()) {
        losses.push(loss.dataSync()[0] as number);
        loss.dispose();
      }
    const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    expect(mean(losses.slice(-20))).toBeLessThan(mean(losses.slice(0, 5)) - 0.5);

    const z = { node: 'at', port: 'z' };
    const found = await played.read([z, { node: 'at', port: 'log-det' }], 20_000);
    const logDets = at(found, 'at.log-det').data;
    const densities = Array.from(logDets, (logDet, i) => {
      const [a, b] = [at(found, 'at.z').data[2 * i] ?? 0, at(found, 'at.z').data[2 * i + 1] ?? 0];
      return Math.exp(logDet - (a * a + b * b) / 2) / (2 * Math.PI);
    });
    const total = 64 * mean(densities);
    const error =
      64 * Math.sqrt(mean(densities.map((density) => (density - total / 64) ** 2)) / densities.length);
    expect(error).toBeLessThan(0.05);
    expect(Math.abs(total - 1)).toBeLessThan(4 * error);
    played.dispose();
  }, 60_000);
});

describe.each(['natural', 'reversed'] as const)('a call that samples, order %s', (order) => {
  const net = chain([
    { kind: 'masked-dense', params: { units: 12, order } },
    { kind: 'tanh' },
    { kind: 'masked-dense', params: { units: 3, variables: 3, own: true, order } },
  ]);
  const game = () => {
    const played = createGame(
      engine.tf,
      planOf(
        sketch({
          networks: [{ id: 'F' }],
          nodes: [
            { id: 'rows', kind: 'latent', params: { shape: [3] } },
            { id: 'draw', kind: 'call', params: { network: 'F', sample: 'autoregressive' } },
            { id: 'see', kind: 'view-values' },
            ...net.nodes,
          ],
          wires: [...net.wires, 'rows.out > draw.x', 'draw.z > see.in'],
        }),
      ),
    );
    stir(engine.tf, played, 1.2);
    return played;
  };
  const states = Array.from({ length: 8 }, (_, k) => [k >> 2, (k >> 1) & 1, k & 1]);
  const DRAW = { node: 'draw', port: 'z' };

  test('draws from the network’s own distribution', async () => {
    const played = game();
    const points = () => Float32Array.from(states.flat());
    const { data: logits } = await played.probe(
      { network: 'F', input: 'x', output: 'z', mostAxes: 3, points },
      [],
    );
    // p(x) = Π σ(±logit)
    const exact = states.map((state, k) =>
      state.reduce((p, bit, i) => p / (1 + Math.exp((bit ? -1 : 1) * (logits[3 * k + i] ?? Number.NaN))), 1),
    );
    expect(Math.abs(exact.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-5);
    expect(Math.max(...exact) - Math.min(...exact)).toBeGreaterThan(0.1);

    const ROWS = 8192;
    const { data } = at(await played.read([DRAW], ROWS), 'draw.z');
    const counts = states.map(() => 0);
    for (let row = 0; row < ROWS; row++) {
      const [a, b, c] = Array.from(data.slice(3 * row, 3 * row + 3)) as [number, number, number];
      counts[4 * a + 2 * b + c] = (counts[4 * a + 2 * b + c] ?? Number.NaN) + 1;
    }
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ROWS);
    exact.forEach((p, k) => {
      expect(Math.abs((counts[k] ?? 0) - ROWS * p)).toBeLessThan(4.5 * Math.sqrt(ROWS * p * (1 - p)) + 1);
    });
    played.dispose();
  });

  test('is the same each time', async () => {
    const [first, again] = [game(), game()];
    const drawn = async (played: CompiledGame) =>
      Array.from(at(await played.read([DRAW], 100), 'draw.z').data);
    const found = await drawn(first);
    expect(new Set(found)).toEqual(new Set([0, 1]));
    expect(await drawn(first)).toEqual(found);
    expect(await drawn(again)).toEqual(found);
    first.dispose();
    again.dispose();
  });
});
