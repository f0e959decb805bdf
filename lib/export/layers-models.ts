import { strToU8 } from 'fflate';
import { mention } from '@/lib/check/mention';
import { weightKey } from '@/lib/compile/compile';
import { layerName, layersTopology, type Topology } from '@/lib/compile/layers-topology';
import type { Plan, PlanLayer, PlanNetwork } from '@/lib/compile/plan';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { initialise } from '@/lib/nodes/initialise';
import { assert, defined } from '@/lib/util/assert';
import { zipFiles } from '@/lib/util/zip';
import { registeringModule } from './layers-module';

/**
 * The networks of a game as tfjs layers models, one folder each in a zip: `G/model.json` and `G/weights.bin`,
 * which `tf.loadLayersModel` of plain TensorFlow.js reads. Where a network has layers that TensorFlow.js has
 * not, `layers.js` beside them registers those.
 */
interface LayersModels {
  readonly zip: Uint8Array;
  /** The networks that are in it. */
  readonly networks: readonly string[];
  /** One for each network that has a node without a layer, which is left out. */
  /** Names are mentioned: see lib/check/mention.ts. */
  readonly diagnostics: readonly Diagnostic[];
}

type Arrays = ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;

/**
 * `arrays` by their names in a checkpoint; without any, the weights that the run starts with. A network that
 * keeps an average leaves with its average.
 */
export function layersModels(plan: Plan, arrays?: Arrays): LayersModels {
  const files: Record<string, Uint8Array> = {};
  const networks: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const custom = new Set<string>();
  for (const network of plan.networks) {
    const built = layersTopology(network, { custom: true });
    if ('missing' in built) {
      diagnostics.push(noLayer(network, built.missing));
      continue;
    }
    for (const kind of built.custom) custom.add(kind);
    const { model, weights } = modelOf(plan, network, built.topology, arrays);
    files[`${layerName(network.id)}/model.json`] = strToU8(JSON.stringify(model));
    files[`${layerName(network.id)}/weights.bin`] = weights;
    networks.push(network.id);
  }
  if (custom.size > 0) files['layers.js'] = strToU8(registeringModule([...custom]));
  return { zip: zipFiles(files), networks, diagnostics };
}

function noLayer(network: PlanNetwork, id: string): Diagnostic {
  const node = defined(
    network.nodes.find((layer) => layer.id === id),
    id,
  );
  const reason =
    node.weights.length + node.buffers.length > 0
      ? 'no layer of TensorFlow.js has its weights'
      : 'TensorFlow.js has no such layer';
  return {
    code: 'no-stock-layer',
    severity: 'error',
    node: id,
    message: `${mention(network.id)} has no layers model: of ${mention(id)}, ${reason}.`,
    hint: 'Export it to PyTorch, or replace the node by stock layers.',
  };
}

function modelOf(plan: Plan, network: PlanNetwork, topology: Topology, arrays: Arrays | undefined) {
  const classes = new Map(topology.config.layers.map((layer) => [layer.name, layer.class_name]));
  const held = network.nodes.flatMap((layer) =>
    tensorsOf(plan, network, layer, arrays, classes.get(layerName(layer.id))),
  );
  const model = {
    format: 'layers-model',
    generatedBy: 'Ganvas',
    modelTopology: topology,
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: held.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
  const weights = new Uint8Array(4 * held.reduce((sum, { values }) => sum + values.length, 0));
  let offset = 0;
  for (const { values } of held) {
    weights.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return { model, weights };
}

/** A layer's arrays under the names that tfjs gives them: `g-dense-1/kernel`. */
function tensorsOf(
  plan: Plan,
  { ema }: PlanNetwork,
  layer: PlanLayer,
  arrays: Arrays | undefined,
  className: string | undefined,
) {
  const names = weightNames[className ?? ''] ?? [];
  const specs = [
    ...layer.weights.map((spec) => ({ group: 'weights', spec })),
    ...layer.buffers.map((spec) => ({ group: 'buffers', spec })),
  ];
  return specs.map(({ group, spec }, i) => {
    const name = names[i];
    assert(name !== undefined, `the name of ${layer.id}.${spec.name} in ${className}`);
    const key = weightKey(layer.id, spec.name);
    const kept =
      arrays?.get(`${ema === undefined ? group : 'averages'}/${key}`) ?? arrays?.get(`${group}/${key}`);
    const values = kept?.values ?? initialise(spec.init, spec.shape, plan.settings.seed, layer.id, spec.name);
    return { name: `${layerName(layer.id)}/${name}`, shape: spec.shape, values };
  });
}

const convolution = ['kernel', 'bias'];

/** What tfjs calls the weights of its layers, in our order. */
const weightNames: Readonly<Record<string, readonly string[]>> = {
  Dense: convolution,
  Conv1D: convolution,
  Conv2D: convolution,
  Conv3D: convolution,
  Conv2DTranspose: convolution,
  Conv3DTranspose: convolution,
  DepthwiseConv2D: ['depthwise_kernel', 'bias'],
  BatchNormalization: ['gamma', 'beta', 'moving_mean', 'moving_variance'],
  PReLU: ['alpha'],
};
