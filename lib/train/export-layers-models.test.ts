import * as layers from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Tensor } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import { exportLayersModels } from './export-layers-models';
import { createLayersModel } from './layers-model';
import { loadExample, planOf, withParams } from './testing/train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('tfjs layers models', () => {
  it.each([
    ['gan-lab', 'D'],
    ['dcgan-glyphs', 'G'],
  ])('%s: plain tfjs loads %s from the zip and predicts the same', async (id, networkId) => {
    const { tf } = engine;
    const plan = planOf(loadExample(id, { iterations: 1, batchSize: 2 }));
    const game = createGame(tf, plan);
    for (const { loss } of game.iterate()) loss.dispose();
    const { zip, networks, diagnostics } = await exportLayersModels(plan, game.state);
    expect(networks).toEqual(plan.networks.map((network) => network.id));
    expect(diagnostics).toEqual([]);

    const files = unzipSync(zip);
    const artifacts = JSON.parse(textOf(files[`${networkId}/model.json`]));
    const [{ paths, weights }] = artifacts.weightsManifest;
    expect(paths).toEqual(['weights.bin']);
    const weightData = defined(files[`${networkId}/weights.bin`], 'weights').slice().buffer;
    const loaded = await layers.loadLayersModel(
      tf.io.fromMemory({ modelTopology: artifacts.modelTopology, weightSpecs: weights, weightData }),
    );
    const network = defined(
      plan.networks.find((candidate) => candidate.id === networkId),
      networkId,
    );
    const kept = network.ema === undefined ? game.state.weights : game.state.averages;
    const buffers = network.ema === undefined ? game.state.buffers : game.state.averages;
    const own = defined(await createLayersModel(network, { ...game.state, weights: kept, buffers }), 'model');
    const x = tf.randomNormal([3, ...defined(network.inputs[0], 'input').shape.dims], 0, 1, 'float32', 5);
    const [a, b] = [own, loaded].map((model) => (model.predict(x) as unknown as Tensor).dataSync());
    expect(Array.from(b ?? [])).toEqual(Array.from(a ?? [-1]));
    game.dispose();
  });

  it('names the node that prevents it, and exports the others', async () => {
    const graph = withParams(loadExample('gan-lab'), { 'd-dense-1': { spectralNorm: true } });
    const plan = planOf(graph);
    const game = createGame(engine.tf, plan);
    const { networks, diagnostics } = await exportLayersModels(plan, game.state);
    expect(networks).toEqual(['G']);
    expect(diagnostics).toMatchObject([{ code: 'no-stock-layer', node: 'd-dense-1' }]);
    expect(diagnostics[0]?.message).toContain('d-dense-1 (dense)');
    game.dispose();
  });
});
