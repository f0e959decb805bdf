import { beforeAll, describe, expect, test } from 'vitest';
import { type Sketch, sketch } from '@/lib/check/testing/graphs';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Settings } from '@/lib/graph/schema';
import { planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { drawTensors } from './draws';
import { type CompiledGame, createGame } from './game';
import { definitionOf } from './tasks';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

const [ROWS, SIZE] = [4, 10];
const OUT = { node: 'replay', port: 'out' };

/** Two critics that both score values from one pool. */
const game = (settings: Partial<Settings> = {}): CompiledGame => {
  const critic = (id: string): Sketch['nodes'] => [
    { id: `${id}-in`, kind: 'network-input', network: id },
    { id: `${id}-dense`, kind: 'dense', network: id, params: { units: 1 } },
    { id: `${id}-out`, kind: 'network-output', network: id },
    { id: `${id}-score`, kind: 'call', params: { network: id } },
    { id: `${id}-loss`, kind: 'mean' },
    { id: `${id}-sgd`, kind: 'sgd', params: { learningRate: 0.01 } },
  ];
  const wires = (id: string) => [
    `${id}-in.out > ${id}-dense.in`,
    `${id}-dense.out > ${id}-out.in`,
    `replay.out > ${id}-score.x`,
    `${id}-score.out > ${id}-loss.in`,
    `${id}-loss.out > ${id}-sgd.loss`,
    `${id}.theta > ${id}-sgd.theta`,
  ];
  const graph = sketch({
    settings: { batchSize: ROWS, iterations: 100, ...settings },
    networks: [{ id: 'A' }, { id: 'B' }],
    nodes: [
      { id: 'z', kind: 'latent', params: { shape: [2] } },
      { id: 'replay', kind: 'replay', params: { size: SIZE } },
      { id: 'see', kind: 'view-values' },
      ...critic('A'),
      ...critic('B'),
    ],
    wires: ['z.out > replay.in', 'replay.out > see.in', ...wires('A'), ...wires('B')],
  });
  return createGame(engine.tf, planOf(graph));
};

const play = (of: CompiledGame, iterations: number) => {
  for (let i = 0; i < iterations; i++) for (const { loss } of of.iterate()) loss.dispose();
};

const poolOf = ({ state }: CompiledGame): number[] =>
  Array.from(defined(state.buffers.get('replay.pool'), 'pool').dataSync());
const filledOf = ({ state }: CompiledGame): number | undefined =>
  state.buffers.get('replay.filled')?.dataSync()[0];

/** What the latent gave in the k-th batch of training. */
function drawn({ plan }: CompiledGame, index: number): number[] {
  const node = defined(plan.game[0], 'the latent');
  const definition = definitionOf(node.kind);
  if (definition.role !== 'source') throw new Error(node.kind);
  const key = { seed: plan.settings.seed, purpose: 'train' as const, index, rows: ROWS };
  const { out } = drawTensors(engine.tf, node, definition, node.params, key);
  return Array.from(defined(out, 'noise').dataSync());
}

describe('I13: the pool of a game', () => {
  test.each([
    ['simultaneous', 1],
    ['extragradient', 1],
    ['consensus', 1],
    ['alternating', 2],
  ] as const)('%s: it takes in a batch once per update, of which an iteration has %d', (update, updates) => {
    const played = game({ update });
    expect(filledOf(played)).toBe(0);
    play(played, 1);
    expect(filledOf(played)).toBe(ROWS * updates);
    const batches = Array.from({ length: updates }, (_, k) => drawn(played, k)).flat();
    expect(poolOf(played).slice(0, batches.length)).toEqual(batches);
    expect(
      poolOf(played)
        .slice(batches.length)
        .every((value) => value === 0),
    ).toBe(true);
    played.dispose();
  });

  test('is full after some updates and then changes', () => {
    const played = game();
    play(played, 2);
    expect(filledOf(played)).toBe(SIZE);
    const before = poolOf(played);
    play(played, 3);
    expect(filledOf(played)).toBe(SIZE);
    expect(poolOf(played)).not.toEqual(before);
    played.dispose();
  });

  test('reading for views leaves it alone, and shows earlier values', async () => {
    const played = game();
    play(played, 5);
    const before = poolOf(played);
    const shown = await played.read([OUT], 64);
    expect(poolOf(played)).toEqual(before);
    const rows = Array.from(defined(shown.get('replay.out'), 'values').data);
    expect(rows.filter((value) => before.includes(value)).length).toBeGreaterThan(0);
    played.dispose();
  });

  test('is part of a checkpoint: a run that goes on from one is the same bit for bit', async () => {
    const whole = game();
    play(whole, 4);
    const [data, counters] = [await whole.readState(), { ...whole.counters }];
    play(whole, 4);
    const resumed = game();
    resumed.writeState(data);
    Object.assign(resumed.counters, counters);
    play(resumed, 4);
    expect((await resumed.readState()).arrays).toEqual((await whole.readState()).arrays);
    expect(data.arrays.get('buffers/replay.pool')?.shape).toEqual([SIZE, 2]);
    whole.dispose();
    resumed.dispose();
  });

  test('and of a snapshot', () => {
    const played = game();
    play(played, 4);
    const snapshot = played.snapshot();
    const before = poolOf(played);
    play(played, 2);
    expect(poolOf(played)).not.toEqual(before);
    played.restore(snapshot);
    expect(poolOf(played)).toEqual(before);
    for (const tensor of snapshot.tensors.values()) tensor.dispose();
    played.dispose();
  });

  test('leaves no tensors behind', () => {
    const { tf } = engine;
    const played = game();
    play(played, 2);
    const before = tf.memory().numTensors;
    play(played, 4);
    expect(tf.memory().numTensors).toBe(before);
    played.dispose();
  });
});
