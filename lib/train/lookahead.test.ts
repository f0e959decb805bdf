import { beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import { defined } from '@/lib/util/assert';
import { loadExample, planOf } from './testing/train';

/** The xy game with players that are drawn back every k iterations, which has a closed form. */
let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

const RATE = 0.2;

function lookaheadGame(params: Record<string, number>, state?: 'muted'): Graph {
  const xy = loadExample('xy');
  return {
    ...xy,
    nodes: [...xy.nodes, { id: 'back', kind: 'lookahead', at: [0, 0], params, ...(state && { state }) }],
    wires: [...xy.wires, ['X.theta', 'back.theta'], ['Y.theta', 'back.theta']],
  };
}

/** Where both players stand after so many iterations, and the game. */
async function played(graph: Graph, iterations: number) {
  const game = createGame(engine.tf, planOf(graph));
  for (let i = 0; i < iterations; i++) for (const { loss } of game.iterate()) loss.dispose();
  const { arrays } = await game.readState();
  const at = (key: string) => defined(arrays.get(`weights/${key}`)?.values[0], key);
  return { game, x: at('x.value'), y: at('y.value') };
}

/** The same on paper: x by its gradient, then y by its own; every k iterations both go back. */
function onPaper(k: number, alpha: number, iterations: number): readonly [number, number] {
  let [x, y] = [1, 1];
  let [slowX, slowY] = [x, y];
  for (let i = 1; i <= iterations; i++) {
    x -= RATE * y;
    y += RATE * x;
    if (i % k !== 0) continue;
    [x, y] = [slowX + alpha * (x - slowX), slowY + alpha * (y - slowY)];
    [slowX, slowY] = [x, y];
  }
  return [x, y];
}

describe('lookahead (I14)', () => {
  test.each([
    [5, 0.5],
    [10, 0.3],
    [3, 1],
  ])('with k %i and α %f goes where it goes on paper', async (steps, alpha) => {
    const { game, x, y } = await played(lookaheadGame({ steps, alpha }), 60);
    const [paperX, paperY] = onPaper(steps, alpha, 60);
    expect(Math.abs(x - paperX)).toBeLessThan(1e-4 * Math.hypot(paperX, paperY));
    expect(Math.abs(y - paperY)).toBeLessThan(1e-4 * Math.hypot(paperX, paperY));
    game.dispose();
  });

  test('shrinks the radius by √(1 - 2 α (1 - α)(1 - cos kφ)) every k iterations, cos φ = 1 - η²/2', async () => {
    const [k, alpha] = [5, 0.5];
    const angle = k * Math.acos(1 - RATE ** 2 / 2);
    const factor = Math.sqrt(1 - 2 * alpha * (1 - alpha) * (1 - Math.cos(angle)));
    // x² + y² - ηxy is the quadratic form that alternation keeps, so the map scales its root exactly.
    const form = ([x, y]: readonly [number, number]) => Math.sqrt(x * x + y * y - RATE * x * y);
    const { game, x, y } = await played(lookaheadGame({ steps: k, alpha }), 100);
    expect(form(onPaper(k, alpha, 100)) / (form([1, 1]) * factor ** 20)).toBeCloseTo(1, 10);
    expect(form([x, y]) / (form([1, 1]) * factor ** 20)).toBeCloseTo(1, 3);
    const plain = await played(lookaheadGame({ steps: k, alpha }, 'muted'), 100);
    expect(form([plain.x, plain.y]) / form([1, 1])).toBeCloseTo(1, 3);
    for (const each of [game, plain.game]) each.dispose();
  });

  test('goes on from a kept state where it was, in the middle of its steps', async () => {
    const graph = lookaheadGame({});
    const whole = await played(graph, 14);
    const half = await played(graph, 7);
    const later = createGame(engine.tf, planOf(graph));
    later.writeState(await half.game.readState());
    Object.assign(later.counters, half.game.counters);
    for (let i = 0; i < 7; i++) for (const { loss } of later.iterate()) loss.dispose();
    const { arrays } = await later.readState();
    expect(arrays.get('weights/x.value')?.values[0]).toBe(whole.x);
    // A state from before the node was there: it starts where the weights are.
    const { arrays: all, steps } = await half.game.readState();
    const older = new Map([...all].filter(([name]) => !name.includes('/slow/')));
    later.writeState({ arrays: older, steps });
    const slow = (await later.readState()).arrays.get('moments/back/slow/x.value');
    expect(slow?.values[0]).toBe(half.x);
    for (const { game } of [whole, half]) game.dispose();
    later.dispose();
  });

  test('is unfinished without θ', () => {
    const graph = lookaheadGame({});
    const loose = { ...graph, wires: graph.wires.filter(([, to]) => to !== 'back.theta') };
    const found = checkGraph(loose).diagnostics.find(({ node }) => node === 'back');
    expect(found).toMatchObject({ code: 'node-unfinished', severity: 'warning' });
  });
});
