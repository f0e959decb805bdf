import { beforeAll, describe, expect, test } from 'vitest';
import { parseDocumentValue } from '@/lib/check/parse';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Settings } from '@/lib/graph/schema';
import { planOf } from './testing/train';

/**
 * min_x max_y xy, played on paper in double precision and by the engine: what each scheme does to the radius
 * has a closed form, by which true alternation differs from accidental simultaneity.
 */
let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

interface Scheme {
  readonly update: Settings['update'];
  readonly rate: number;
  readonly start?: readonly [x: number, y: number];
  readonly variant?: 'plain' | 'optimistic';
  /** Steps of y that x looks ahead. */
  readonly unroll?: number;
}

/** X is a free number; Y multiplies what it is given by another; both players move by plain gradients. */
function document({ update, rate, start: [x] = [1, 0], variant = 'plain', unroll = 0 }: Scheme) {
  const player = { learningRate: rate, variant };
  return {
    format: 'ganvas',
    version: 1,
    title: 'min max xy',
    settings: { seed: 1, batchSize: 1, iterations: 500, update },
    networks: [
      { id: 'X', name: 'X', color: 'violet', at: [0, 300], size: [300, 100] },
      { id: 'Y', name: 'Y', color: 'amber', at: [400, 300], size: [300, 100] },
    ],
    nodes: [
      { id: 'call-x', kind: 'call', at: [0, 0], params: { network: 'X' } },
      { id: 'call-y', kind: 'call', at: [200, 0], params: { network: 'Y' } },
      { id: 'j', kind: 'mean', at: [300, 0] },
      { id: 'minus', kind: 'weighted-sum', at: [300, 100], params: { terms: { j: -1 } } },
      { id: 'move-x', kind: 'sgd', at: [500, 0], params: { ...player, order: 0, unroll } },
      { id: 'move-y', kind: 'sgd', at: [500, 100], params: { ...player, order: 1 } },
      { id: 'x', kind: 'parameter', network: 'X', at: [20, 30], params: { value: x } },
      { id: 'x-out', kind: 'network-output', network: 'X', at: [150, 30], params: { name: 'x' } },
      { id: 'y-in', kind: 'network-input', network: 'Y', at: [410, 30], params: { name: 'x' } },
      {
        id: 'y',
        kind: 'dense',
        network: 'Y',
        at: [480, 30],
        params: { units: 1, useBias: false, init: 'zeros' },
      },
      { id: 'y-out', kind: 'network-output', network: 'Y', at: [600, 30], params: { name: 'xy' } },
    ],
    wires: [
      ['x.out', 'x-out.in'],
      ['y-in.out', 'y.in'],
      ['y.out', 'y-out.in'],
      ['call-x.x', 'call-y.x'],
      ['call-y.xy', 'j.in'],
      ['j.out', 'minus.j'],
      ['j.out', 'move-x.loss'],
      ['minus.out', 'move-y.loss'],
      ['X.theta', 'move-x.theta'],
      ['Y.theta', 'move-y.theta'],
      ...(unroll > 0 ? [['move-y.look-ahead', 'move-x.opponent']] : []),
    ],
  };
}

/** Where the players stand after each of `iterations`. */
async function play(scheme: Scheme, iterations: number): Promise<(readonly [number, number])[]> {
  const parsed = parseDocumentValue(document(scheme));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const game = createGame(engine.tf, planOf(parsed.graph));
  const at = (key: string) => game.state.weights.get(key);
  at('y.kernel')?.assign(engine.tf.tensor([[scheme.start?.[1] ?? 0]]));
  const path: (readonly [number, number])[] = [];
  for (let i = 0; i < iterations; i++) {
    for (const { loss } of game.iterate()) loss.dispose();
    path.push([at('x.value')?.dataSync()[0] ?? Number.NaN, at('y.kernel')?.dataSync()[0] ?? Number.NaN]);
  }
  game.dispose();
  return path;
}

const radius = ([x, y]: readonly [number, number]): number => Math.hypot(x, y);
const last = <T>(list: readonly T[]): T => list[list.length - 1] as T;
const relative = (got: number, expected: number): number => Math.abs(got / expected - 1);

describe('min over x, max over y of xy', () => {
  test.each([0.1, 0.2])('simultaneous: the squared radius grows by 1 + η² each step, η %d', async (rate) => {
    const end = last(await play({ update: 'simultaneous', rate }, 200));
    expect(relative(radius(end), (1 + rate ** 2) ** 100)).toBeLessThan(1e-4);
  });

  test('alternating: x² + y² − ηxy stays, so the radius is bounded', async () => {
    const rate = 0.2;
    const path = await play({ update: 'alternating', rate, start: [1, 1] }, 300);
    for (const [x, y] of path) expect(relative(x * x + y * y - rate * x * y, 2 - rate)).toBeLessThan(1e-4);
    const radii = path.map((at) => radius(at) / Math.SQRT2);
    expect(Math.min(...radii)).toBeGreaterThan(0.9045);
    expect(Math.max(...radii)).toBeLessThan(1.0001);
  });

  test.each([0.1, 0.2])('extragradient: it shrinks by 1 − η² + η⁴, η %d', async (rate) => {
    const end = last(await play({ update: 'extragradient', rate }, 200));
    expect(relative(radius(end), (1 - rate ** 2 + rate ** 4) ** 100)).toBeLessThan(1e-4);
  });

  test('optimistic: it shrinks as on paper', async () => {
    const rate = 0.2;
    let [x, y, gx, gy] = [1, 0, 0, 0];
    for (let i = 0; i < 200; i++) {
      const [nx, ny] = [y, -x];
      const first = i === 0;
      [x, y] = [x - rate * (first ? nx : 2 * nx - gx), y - rate * (first ? ny : 2 * ny - gy)];
      [gx, gy] = [nx, ny];
    }
    const end = last(await play({ update: 'simultaneous', rate, variant: 'optimistic' }, 200));
    expect(relative(radius(end), Math.hypot(x, y))).toBeLessThan(1e-4);
    expect(radius(end)).toBeLessThan(0.03);
  });

  test.each([1, 5])('unrolled by %d: x meets y as it will be', async (steps) => {
    const rate = 0.1;
    // ∂/∂x of x (y + K η x) = y + 2 K η x
    let [x, y] = [1, 0];
    for (let i = 0; i < 100; i++) [x, y] = [x - rate * (y + 2 * steps * rate * x), y + rate * x];
    const end = last(await play({ update: 'simultaneous', rate, unroll: steps }, 100));
    expect(relative(radius(end), Math.hypot(x, y))).toBeLessThan(1e-4);
    expect(radius(end)).toBeLessThan(1);
  });
});
