import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { digestOf } from '@/lib/train/checkpoint';
import { loadExample, planOf, record } from '@/lib/train/testing/train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});
afterAll(() => engine.dispose());

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

test('each layer has its gradient, its step and its dead units, and the run is the same without', async () => {
  const plan = planOf(loadExample('ring', { iterations: 6, batchSize: 16 }));
  const digests = [];
  for (const isLookedAt of [false, true]) {
    const { loop } = record(engine.tf, plan);
    await loop.step();
    if (isLookedAt) {
      const { game } = loop;
      const gradients = await game.layers('gradient');
      const { figures } = await game.look([], plan.settings.batchSize);
      for (const { id, networks } of plan.players) {
        const layers = plan.networks
          .filter((network) => networks.includes(network.id))
          .flatMap(({ nodes }) => nodes);
        const ofLayers = layers.flatMap((layer) => gradients[layer.id] ?? []);
        expect(ofLayers.length).toBeGreaterThan(1);
        const whole = figures[`gradient.${id}`] ?? Number.NaN;
        // Both are sums in 32 bits, in another order.
        expect(norm(Float32Array.from(ofLayers)) / whole).toBeCloseTo(1, 4);
      }
      const steps = await game.layers('step');
      const [layer = ''] = Object.keys(steps);
      const seen = await game.xray([layer]);
      const of = (what: string) =>
        norm(
          Float32Array.from(seen.filter((each) => each.what === what).flatMap(({ data }) => [...data.data])),
        );
      expect(steps[layer]).toBeCloseTo(of('change') / of('weight'), 6);
      expect(Object.keys(steps).sort()).toEqual(Object.keys(gradients).sort());
      const off = await game.layers('off');
      expect(Object.keys(off).length).toBeGreaterThan(0);
      for (const share of Object.values(off)) expect(share >= 0 && share <= 1).toBe(true);
      const { numTensors } = engine.tf.memory();
      await game.layers('step');
      expect(engine.tf.memory().numTensors).toBe(numTensors);
    }
    await loop.step();
    digests.push(digestOf(await loop.game.readState()));
    loop.dispose();
  }
  expect(digests[0]).toBe(digests[1]);
});
