import * as tf from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { spell } from '@/lib/check/mention';
import { createGame } from '@/lib/compile/tf/game';
import { readState } from '@/lib/compile/tf/state';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import type { OpDefinition, Tensor } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import { type Case, casesOf, evaluate, tensorsOf } from '@/lib/nodes/testing/cases';
import { loadExample, planOf, withParams } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { layersModels } from './layers-models';

/** Zips are read by plain TensorFlow.js, which knows nothing of this project. */
let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('cpu');
});

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** What a page that has downloaded the zip does. */
async function load(zip: Uint8Array, network: string): Promise<tf.LayersModel> {
  const files = unzipSync(zip);
  if (files['layers.js']) {
    const text = Buffer.from(files['layers.js']).toString('base64');
    const { register } = await import(/* @vite-ignore */ `data:text/javascript;base64,${text}`);
    register(tf);
  }
  const { modelTopology, weightsManifest } = JSON.parse(textOf(files[`${network}/model.json`]));
  const [{ paths, weights }] = weightsManifest;
  expect(paths).toEqual(['weights.bin']);
  const weightData = defined(files[`${network}/weights.bin`], 'weights').slice().buffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weights, weightData }));
}

/** The largest difference between our network's output in eval mode and the loaded model's. */
async function compare(graph: Graph, id: string): Promise<number> {
  const plan = planOf(graph);
  const game = createGame(engine.tf, plan);
  for (const { loss } of game.iterate()) loss.dispose();
  const { arrays } = await readState(game.state);
  const { zip, networks, diagnostics } = layersModels(plan, arrays);
  expect({ networks, diagnostics }).toEqual({
    networks: plan.networks.map((each) => each.id),
    diagnostics: [],
  });
  const network = defined(
    plan.networks.find((each) => each.id === id),
    id,
  );
  const dims = defined(network.inputs[0], 'input').shape.dims;
  const rows = 4;
  const points = Float32Array.from({ length: rows * dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i));
  if (network.ema !== undefined)
    for (const [name, variable] of game.state.averages) game.state.weights.get(name)?.assign(variable);
  const probe = {
    network: id,
    input: network.inputs[0]?.name ?? '',
    output: network.outputs[0]?.name ?? '',
    points: () => points,
  };
  const ours = await game.probe(probe as unknown as Parameters<typeof game.probe>[0], []);
  game.dispose();
  const model = await load(zip, id);
  const theirs = (model.predict(tf.tensor(points, [rows, ...dims])) as tf.Tensor).dataSync();
  expect(theirs.length).toBe(ours.data.length);
  return Math.max(...Array.from(theirs, (value, i) => Math.abs(value - (ours.data[i] as number))));
}

test.each([
  ['gan-lab', 'D'],
  ['dcgan-glyphs', 'G'],
  // Its layers stand in blocks.
  ['cyclegan', 'DX'],
] as const)('%s: plain tfjs loads %s from the zip and predicts the same', async (id, network) => {
  expect(await compare(loadExample(id, { iterations: 1, batchSize: 4 }), network)).toBeLessThan(1e-5);
});

test('layers that TensorFlow.js has not are registered by the zip’s own module', async () => {
  const graph = loadExample('gan-lab', { iterations: 1, batchSize: 4 });
  const kinds: Record<string, string> = { 'd-act-1': 'pixel-norm', 'd-act-2': 'minibatch-stddev' };
  const nodes = graph.nodes.map(({ id, kind, ...node }) => ({ ...node, id, kind: kinds[id] ?? kind }));
  expect(await compare({ ...graph, nodes }, 'D')).toBeLessThan(1e-5);
});

test('names the node that prevents it, and exports the others', () => {
  const graph = withParams(loadExample('gan-lab'), { 'd-dense-1': { spectralNorm: true } });
  const { networks, diagnostics } = layersModels(planOf(graph));
  expect(networks).toEqual(['G']);
  expect(diagnostics).toMatchObject([{ code: 'no-stock-layer', node: 'd-dense-1' }]);
  const spelled = spell(defined(diagnostics[0], 'a diagnostic'), checkGraph(graph));
  expect(spelled.message).toBe(
    'Discriminator has no layers model: of Dense, no layer of TensorFlow.js has its weights.',
  );
});

/** Kinds that say themselves in plain tfjs, against what they compute here. */
const lined = registry.flatMap((definition): (readonly [string, Case])[] =>
  'layersLine' in definition && definition.role === 'op'
    ? casesOf(definition as unknown as OpDefinition).map((of) => [of.id, of] as const)
    : [],
);

describe('a line in plain tfjs computes what the kind does:', () => {
  test.each(lined)('%s', (_, of) => {
    const { layersLine } = of.definition as OpDefinition;
    const compute = new Function('tf', `return ${layersLine}`)(tf);
    const tensors = tensorsOf(engine.tf, of);
    const inputs: Record<string, Tensor[]> = {};
    of.feeds.forEach(({ name }, i) => {
      inputs[name] = [...(inputs[name] ?? []), tensors[i] as Tensor];
    });
    const [ours] = evaluate(engine.tf, of, tensors);
    const theirs = compute(inputs, resolveParams(of.params, 0)) as Tensor;
    expect(theirs.shape).toEqual(ours?.shape);
    const apart = tf.max(tf.abs(tf.sub(theirs, ours as Tensor))).dataSync()[0];
    expect(apart).toBeLessThan(1e-6);
  });
});
