import { quantity } from '@/lib/util/sentence';
import { type FileRefusal, listed, NO_MODELS, OPENS, OTHER_DATA, refuseFile } from './file-refusal';

type Value = Readonly<Record<string, unknown>>;

interface JsonDocument {
  readonly is: (value: Value) => boolean;
  readonly refuse: (value: Value) => FileRefusal;
}

const has =
  (...keys: readonly string[]) =>
  (value: Value): boolean =>
    keys.every((key) => Object.hasOwn(value, key));
const size = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 40) : '');

const documents: readonly JsonDocument[] = [
  {
    is: has('modelTopology', 'weightsManifest'),
    refuse: (value) =>
      refuseFile(
        'file-tfjs',
        text(value.format) === 'graph-model'
          ? 'This is a graph model of TensorFlow.js, which Ganvas does not read.'
          : 'This is a layers model of TensorFlow.js; Ganvas writes such models and does not read them.',
        NO_MODELS,
      ),
  },
  {
    is: (value) =>
      has('class_name', 'config')(value) && /^(Sequential|Functional|Model)$/.test(text(value.class_name)),
    refuse: () => refuseFile('file-keras', 'This is a model of Keras.', NO_MODELS),
  },
  {
    is: has('last_node_id', 'nodes', 'links'),
    refuse: (value) => comfy(size(value.nodes)),
  },
  {
    // What ComfyUI saves for its API.
    is: (value) =>
      Object.values(value).length > 0 &&
      Object.values(value).every((node) => typeof node === 'object' && node !== null && 'class_type' in node),
    refuse: (value) => comfy(Object.keys(value).length),
  },
  {
    is: has('cells', 'nbformat'),
    refuse: (value) =>
      refuseFile(
        'file-notebook',
        `This is a Jupyter notebook of ${quantity(size(value.cells), 'cell')}.`,
        OPENS,
      ),
  },
  {
    is: (value) => has('weight_map')(value) && typeof value.weight_map === 'object',
    refuse: () =>
      refuseFile(
        'file-weights-index',
        'This is the list of weights that are kept in several files.',
        'Save them with safetensors as one file, and open that.',
      ),
  },
  {
    is: (value) => has('model_type')(value) || has('_class_name')(value) || has('architectures')(value),
    refuse: () => refuseFile('file-model', 'These are the settings of a model of Hugging Face.', NO_MODELS),
  },
  {
    is: (value) => text(value.type) === 'FeatureCollection' || text(value.$schema).includes('vega'),
    refuse: () => refuseFile('file-data', 'This is a map or a chart as JSON.', OTHER_DATA),
  },
];

const comfy = (nodes: number): FileRefusal =>
  refuseFile(
    'file-comfyui',
    `This is a workflow of ComfyUI with ${quantity(nodes, 'node')}, which have no counterpart here.`,
    'Ganvas builds and trains GANs; start from an example in the File menu.',
  );

/** What JSON is that is no document of Ganvas. */
export function refuseJson(value: unknown): FileRefusal {
  if (Array.isArray(value))
    return refuseFile(
      'not-a-graph',
      `This is JSON, a list of ${quantity(value.length, 'value')}, and no Ganvas document.`,
      OTHER_DATA,
    );
  if (typeof value !== 'object' || value === null)
    return refuseFile('not-a-graph', 'This is a single JSON value and no Ganvas document.', OPENS);
  const known = documents.find(({ is }) => is(value as Value));
  if (known) return known.refuse(value as Value);
  const keys = Object.keys(value).map((key) => `“${key}”`);
  return refuseFile(
    'not-a-graph',
    keys.length === 0
      ? 'This is JSON without anything in it, and no Ganvas document.'
      : `This is JSON with ${listed(keys)}, and no Ganvas document: its “format” is not “ganvas”.`,
    OPENS,
  );
}
