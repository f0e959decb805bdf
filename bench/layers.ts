import { startBackend } from '@/lib/engine/backend';
import { isProblem, type Tensor, type Tf } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { findDefinition } from '@/lib/nodes/registry';
import { shape } from '@/lib/shapes/shape';
import { assert } from '@/lib/util/assert';
import { resultFiles, writeResults } from './files';
import { machine, versions } from './machine';
import { processorTime } from './processor-time';
import type { Layers } from './results';
import { pairedRatio, summarise } from './summary';
import { layerRows, printRows } from './table';

/**
 * `npm run bench -- layers`: multiply-adds per second of layers that convolve or attend, forwards and backwards
 * on WASM, over those of conv2d. Both take turns, timed by the processor's clock.
 */
const REPEATS = 9;
const SAMPLE_MS = 300;
const ROWS = 16;

const image = { in: [16, 16, 64] };
const styled = { ...image, style: [64] };

type Measured = readonly [kind: string, params: object, inputs: Readonly<Record<string, number[]>>];

const plainConvolution: Measured = ['conv2d', { filters: 64 }, image];

const layers: readonly Measured[] = [
  plainConvolution,
  ['modulated-conv2d', { filters: 64 }, styled],
  ['modulated-conv2d', { filters: 64, up: true }, styled],
  ['conv2d', { filters: 64, groups: 4 }, image],
  ['depthwise-conv2d', {}, image],
  ['conv3d', { filters: 32 }, { in: [8, 8, 8, 32] }],
  ['conv3d-transpose', { filters: 32 }, { in: [4, 4, 4, 64] }],
  ['self-attention', {}, image],
];

type Work = { readonly multiplyAdds: number; step(): Promise<void> };

/** One pass forwards and the gradients by inputs and weights; what it multiplies and adds is thrice a forward pass. */
function workOf(tf: Tf, kind: string, params: object, inputs: Readonly<Record<string, number[]>>): Work {
  const definition = findDefinition(kind);
  assert(definition?.role === 'layer', `${kind} is a layer`);
  const given = definition.params.parse(params);
  const shapes = Object.fromEntries(Object.entries(inputs).map(([port, dims]) => [port, shape(dims)]));
  const outputs = definition.infer(given, shapes);
  assert(!isProblem(outputs), `${kind} fits`);
  const weights = definition
    .weights(given, shapes)
    .map(({ name, shape: dims }) => [name, [...dims]] as const);
  const named = [
    ...Object.entries(inputs).map(([port, dims]) => [port, [ROWS, ...dims]] as const),
    ...weights,
  ];
  const at = named.map(([, dims], i) => tf.keep(tf.randomNormal([...dims], 0, 0.1, 'float32', i + 1)));
  const pass = (...tensors: Tensor[]) => {
    const by = Object.fromEntries(named.map(([name], i) => [name, tensors[i] as Tensor]));
    const context = { mode: 'train' as const, seed: () => 1 };
    const applied = definition.apply(tf, {
      params: resolveParams(given, 0),
      weights: by,
      buffers: {},
      inputs: by,
      context,
    });
    return applied.outputs.out as Tensor;
  };
  // What comes back from the layers behind it.
  const upstream = tf.keep(tf.tidy(() => tf.randomNormal(pass(...at).shape, 0, 1, 'float32', 1)));
  return {
    multiplyAdds: 3 * ROWS * definition.cost(given, shapes, outputs),
    async step() {
      const gradients = tf.tidy(() => tf.grads(pass)(at, upstream));
      await gradients[0]?.data();
      tf.dispose(gradients);
    },
  };
}

/** Multiply-adds per second over about SAMPLE_MS. */
async function samplerOf({ multiplyAdds, step }: Work): Promise<() => Promise<number>> {
  const run = async (times: number) => {
    for (let i = 0; i < times; i++) await step();
  };
  await run(2);
  const times = Math.max(1, Math.round(SAMPLE_MS / (await processorTime(() => run(1)))));
  return async () => (1000 * multiplyAdds * times) / (await processorTime(() => run(times)));
}

export async function measureLayers(): Promise<void> {
  const { tf } = await startBackend('wasm');
  const plain = await samplerOf(workOf(tf, ...plainConvolution));
  const rows: Layers['layers'][number][] = [];
  for (const [kind, params, inputs] of layers) {
    const sample = await samplerOf(workOf(tf, kind, params, inputs));
    const [own, compared]: [number[], number[]] = [[], []];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      own.push(await sample());
      compared.push(await plain());
    }
    const options = Object.entries(params).map(([name, value]) => `${name} ${value}`);
    const input = Object.values(inputs).map((dims) => dims.join('×'));
    rows.push({
      layer: [kind, ...options].join(', '),
      input: input.join(', '),
      rate: summarise(own),
      ratio: pairedRatio(own, compared),
    });
  }
  const result: Layers = { machine: machine(), versions: versions(), layers: rows };
  console.log(`${printRows(layerRows(result))}\n`);
  writeResults(resultFiles.layers, result);
}
