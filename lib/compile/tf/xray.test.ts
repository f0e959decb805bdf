import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { digestOf } from '@/lib/train/checkpoint';
import { loadExample, planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import type { Plan } from '../plan';
import { type CompiledGame, createGame } from './game';
import type { Seen } from './xray';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

/** The game of an example after some iterations. */
async function withGame<T>(
  plan: Plan,
  iterations: number,
  use: (game: CompiledGame) => Promise<T>,
): Promise<T> {
  const game = createGame(engine.tf, plan);
  try {
    for (let i = 0; i < iterations; i++) for (const { loss } of game.iterate()) loss.dispose();
    return await use(game);
  } finally {
    game.dispose();
  }
}

const small = (id: string) => planOf(loadExample(id, { batchSize: 8 }));

const found = (all: readonly Seen[], about: Partial<Seen>): Seen =>
  defined(
    all.find((seen) => Object.entries(about).every(([key, value]) => seen[key as keyof Seen] === value)),
    JSON.stringify(about),
  );

const expectClose = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  expect(a.length).toBe(b.length);
  const largest = Math.max(...Array.from(b, Math.abs));
  const apart = Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number))));
  expect(apart).toBeLessThanOrEqual(tolerance * largest);
};

describe('an output of the game', () => {
  test('holds what views read, and the slope of each loss that reads it', () =>
    withGame(small('ring'), 3, async (game) => {
      const g = defined(
        game.plan.players.find(({ networks }) => networks.includes('G')),
        'G’s player',
      );
      const fakes = defined(game.plan.game.find(({ id }) => id === 'd-fake')?.inputs.x?.[0], 'the fakes');
      const target = `${fakes.node}.${fakes.port}`;
      const seen = await game.xray([target]);
      const read = await game.read([fakes], 8);
      expectClose(found(seen, { what: 'value' }).data.data, defined(read.get(target), target).data, 0);
      const slope = defined(await game.slope(g.loss, fakes, 8), 'slope');
      expectClose(found(seen, { what: 'gradient', player: g.id }).data.data, slope.data, 1e-5);
      expect(new Set(seen.flatMap(({ player }) => player ?? []))).toEqual(
        new Set(game.plan.players.map(({ id }) => id)),
      );
    }));
});

describe('a layer', () => {
  test('is seen in each call, and by the losses that evaluate it there', () =>
    withGame(small('ring'), 1, async (game) => {
      const d = defined(
        game.plan.networks.find(({ id }) => id === 'D'),
        'D',
      );
      const target = `${d.outputs[0]?.from.node}.${d.outputs[0]?.from.port}`;
      const seen = await game.xray([target]);
      const calls = (what: Seen['what']) =>
        seen
          .filter((each) => each.what === what)
          .map(({ call, player }) => [call, player].filter(Boolean).join(' '));
      expect(calls('value').sort()).toEqual(['d-fake', 'd-real']);
      const [first, second] = game.plan.players.map(({ id }) => id);
      expect(calls('gradient').sort()).toEqual(
        [`d-fake ${first}`, `d-fake ${second}`, `d-real ${first}`].sort(),
      );
    }));

  test('would take the step that its player’s gradient asks for', () =>
    withGame(small('dirac-gan'), 2, async (game) => {
      const layers = game.plan.networks.flatMap(({ nodes }) =>
        nodes.filter(({ weights }) => weights.length > 0),
      );
      const seen = await game.xray(layers.map(({ id }) => id));
      const [first] = game.plan.players;
      const changes = seen.filter(({ what, player }) => what === 'change' && player === first?.id);
      expect(changes.length).toBeGreaterThan(0);
      const weightsNow = () =>
        new Map([...game.state.weights].map(([key, weight]) => [key, Float32Array.from(weight.dataSync())]));
      // The data of this game are one point, so that the next update sees the batch that the X-ray saw.
      const before = weightsNow();
      game.iterate().next().value?.loss.dispose();
      const after = weightsNow();
      for (const { target, name, data } of changes) {
        const [was, is] = [before, after].map((weights) => defined(weights.get(`${target}.${name}`), target));
        expectClose(
          data.data,
          defined(is, 'weight').map((value, i) => value - (was?.[i] ?? 0)),
          1e-4,
        );
      }
    }));
});

test.each([
  'wgan-gp',
  'unrolled-gan',
  'flow',
  'optimal-discriminator',
  'projection',
  'lookahead',
  'discrete-outputs',
  'infogan',
])('every output and layer of %s can be opened, and nothing is touched', (id) =>
  withGame(small(id), 1, async (game) => {
    const { networks, game: nodes } = game.plan;
    const outputs = [...nodes, ...networks.flatMap((network) => network.nodes)].flatMap(
      ({ id: node, outputShapes }) => Object.keys(outputShapes).map((port) => `${node}.${port}`),
    );
    const inputs = networks.flatMap((network) => network.inputs.map(({ node }) => `${node}.out`));
    const layers = networks.flatMap((network) =>
      network.nodes.filter(({ weights }) => weights.length > 0).map(({ id: layer }) => layer),
    );
    const before = digestOf(await game.readState());
    const tensors = engine.tf.memory().numTensors;
    const seen = await game.xray([...outputs, ...inputs, ...layers]);
    expect(engine.tf.memory().numTensors).toBe(tensors);
    expect(digestOf(await game.readState())).toBe(before);
    expect(new Set(seen.map(({ target }) => target))).toEqual(new Set([...outputs, ...inputs, ...layers]));
    for (const { data } of seen) expect(data.data.every(Number.isFinite)).toBe(true);
  }),
);
