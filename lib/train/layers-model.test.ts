import { beforeAll, describe, expect, test } from 'vitest';
import { applyNetwork } from '@/lib/compile/tf/apply-network';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Tensor } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import { createLayersModel, summarizeNetworks } from './layers-model';
import { loadExample, planOf, record } from './testing/train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

describe('tf.LayersModel of a network', () => {
  test.each([
    ['ring', 'G'],
    ['gan-lab', 'D'],
    ['dcgan-glyphs', 'G'],
    ['dcgan-glyphs', 'D'],
    ['cyclegan', 'DX'],
  ])(
    '%s %s predicts what the game’s own application gives, before and after training',
    async (id, networkId) => {
      const { tf } = engine;
      const plan = planOf(loadExample(id, { iterations: 1, batchSize: 2 }));
      const game = createGame(tf, plan);
      const { state } = game;
      const network = defined(
        plan.networks.find((candidate) => candidate.id === networkId),
        networkId,
      );
      const model = defined(await createLayersModel(network, state), 'model');
      const [input] = network.inputs;
      const dims = defined(input, 'input').shape.dims;
      const values = tf.randomNormal([3, ...dims], 0, 1, 'float32', 7);
      const own = () =>
        tf.tidy(() => {
          const pass = {
            tf,
            rows: 3,
            networks: new Map([[network.id, network]]),
            live: { weights: state.weights, buffers: state.buffers },
            ema: { weights: state.averages, buffers: state.averages },
            params: (node: { params: Readonly<Record<string, unknown>> }) => node.params,
            drawn: () => ({}),
            seed: () => 1,
            reference: () => ({}),
          };
          const [output] = network.outputs;
          const name = defined(output, 'output').name;
          const inputs = { [defined(input, 'input').name]: values };
          const application = {
            call: 'test',
            bindings: pass.live,
            mode: 'eval' as const,
            inputs,
            outputs: [name],
            observes: false,
          };
          return [...defined(applyNetwork(pass, network, application)[name], name).dataSync()];
        });
      const predicted = () => [...(model.predict(values as never) as unknown as Tensor).dataSync()];
      const differs = (a: number[], b: number[]) =>
        Math.max(...a.map((x, i) => Math.abs(x - (b[i] ?? Number.NaN))));

      const before = own();
      expect(differs(before, predicted())).toBeLessThan(1e-5);
      for (const { loss } of game.iterate()) loss.dispose();
      expect(differs(before, own())).toBeGreaterThan(0);
      expect(differs(own(), predicted())).toBeLessThan(1e-5);
      game.dispose();
    },
  );

  test('its topology is what tf.loadLayersModel reads, and its summary counts the parameters', async () => {
    const plan = planOf(loadExample('ring'));
    const { loop } = record(engine.tf, plan);
    const summaries = await summarizeNetworks(plan, loop.game.state);
    expect(summaries.G).toContain('33666');
    loop.dispose();
  });
});
