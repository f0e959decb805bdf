import { describe, expect, test } from 'vitest';
import { findDefinition } from './registry';

/**
 * Kinds, parameters, defaults and ports that documents are written against. A document that leaves a parameter
 * out means what stands here, so a change needs a migration that writes the old value into old documents.
 */
type Row = readonly [
  kind: string,
  defaults?: Readonly<Record<string, unknown>>,
  inputs?: readonly string[],
  outputs?: readonly string[],
];

const IN = ['in'];
const OUT = ['out'];
const AB = ['a', 'b'];
const PAIR = ['real', 'fake'];
const OPTIMIZER = ['loss', 'theta', 'opponent'];

const kernel = {
  init: 'he-normal',
  initScale: 1,
  useBias: true,
  spectralNorm: false,
  powerIterations: 1,
  weightNorm: false,
  equalizedLearningRate: false,
};
const conv = { filters: 32, kernelSize: 3, strides: 1, padding: 'same', dilation: 1, ...kernel };
const transposed = { filters: 32, kernelSize: 4, strides: 2, padding: 'same', ...kernel };
const optimizer = { order: 0, steps: 1, clipWeights: null, clipNorm: null, variant: 'plain', unroll: 0 };
const crossEntropy = { scores: 'logits', realTarget: 1, fakeTarget: 0 };
const metric = { samples: 2500, every: 500 };

const sources: readonly Row[] = [
  ['latent', { shape: [64], distribution: 'normal', mean: 0, sd: 1, low: -1, high: 1 }, [], OUT],
  ['categorical-code', { classes: 10 }, [], OUT],
  ['uniform-code', { size: 1, low: -1, high: 1 }, [], OUT],
  ['constant', { shape: [1], value: 0 }, [], OUT],
  ['dataset', { options: {}, split: 'all', count: null, perClass: null, scale: 1 }, []],
  ['shuffle', {}, IN, OUT],
  ['replay', { size: 50, share: 0.5 }, IN, OUT],
  ['parameter', { shape: [1], value: 0 }, [], OUT],
];

const networks: readonly Row[] = [
  ['network-input', { shape: null }, [], OUT],
  ['network-output', {}, IN, []],
  ['call', { weights: 'live', mode: 'train', inverse: false, sample: 'none' }],
  ['stop-gradient', {}, IN, OUT],
];

const layers: readonly Row[] = [
  ['dense', { units: 64, ...kernel }, IN, OUT],
  ['conv1d', conv, IN, OUT],
  ['conv2d', conv, IN, OUT],
  ['conv3d', conv, IN, OUT],
  ['conv2d-transpose', transposed, IN, OUT],
  ['conv3d-transpose', transposed, IN, OUT],
  ['depthwise-conv2d', { multiplier: 1 }, IN, OUT],
  ['masked-dense', { units: 64 }, IN, OUT],
  ['embedding', { size: 16 }, IN, OUT],
  ['self-attention', {}, IN, OUT],
  ['upsample2d', { size: 2 }, IN, OUT],
  ['pixel-shuffle', { scale: 2 }, IN, OUT],
  ['average-pool2d', { size: 2 }, IN, OUT],
  ['max-pool2d', { size: 2 }, IN, OUT],
  ['global-average-pool2d', {}, IN, OUT],
  ['flatten', {}, IN, OUT],
  ['reshape', {}, IN, OUT],
  ['concat', { axis: -1 }, IN, OUT],
  ['add', {}, IN, OUT],
  ['multiply', {}, IN, OUT],
  ['subtract', {}, AB, OUT],
  ['dot', {}, AB, OUT],
  ['distance', {}, AB, OUT],
  ['reduce', {}, IN, OUT],
  ['scale', { factor: 1, offset: 0 }, IN, OUT],
  ['slice', {}, IN, OUT],
  ['argmax', {}, IN, OUT],
  ['dropout', { rate: 0.5 }, IN, OUT],
  ['gaussian-noise', { sd: 0.1 }, IN, OUT],
  ['interpolate', {}, AB, OUT],
  ['relu', {}, IN, OUT],
  ['leaky-relu', { slope: 0.2 }, IN, OUT],
  ['prelu', {}, IN, OUT],
  ['elu', {}, IN, OUT],
  ['selu', {}, IN, OUT],
  ['gelu', {}, IN, OUT],
  ['swish', {}, IN, OUT],
  ['softplus', {}, IN, OUT],
  ['tanh', {}, IN, OUT],
  ['sigmoid', {}, IN, OUT],
  ['softmax', {}, IN, OUT],
  ['batch-norm', { momentum: 0.99, epsilon: 1e-3 }, IN, OUT],
  ['virtual-batch-norm', { epsilon: 1e-5 }, IN, OUT],
  ['layer-norm', { epsilon: 1e-5 }, IN, OUT],
  ['instance-norm', { epsilon: 1e-5 }, IN, OUT],
  ['group-norm', { groups: 8, epsilon: 1e-5 }, IN, OUT],
  ['pixel-norm', { epsilon: 1e-8 }, IN, OUT],
  ['conditional-batch-norm', {}, ['in', 'labels'], OUT],
  ['adaptive-instance-norm', {}, ['in', 'style'], OUT],
  ['minibatch-stddev', { groupSize: 4, form: 'scalar' }, IN, OUT],
  ['minibatch-discrimination', { kernels: 32, dimensions: 8 }, IN, OUT],
  ['pack', { m: 2 }, IN, OUT],
  ['batch-moments', {}, IN, OUT],
  ['reparameterize', {}, ['mean', 'logvariance'], OUT],
  ['gumbel-softmax', { temperature: 1, hard: false }, IN, OUT],
  ['coupling', { units: 64, mask: 'even' }, IN, OUT],
  ['progressive-blend', { alpha: 0 }, ['low', 'high'], OUT],
];

const pairs: readonly Row[] = [
  ['loss-minimax', crossEntropy],
  ['loss-non-saturating', crossEntropy],
  ['loss-maximum-likelihood', { ...crossEntropy, cap: 10 }],
  ['loss-least-squares', { a: 0, b: 1, c: 1 }],
  ['loss-wasserstein'],
  ['loss-hinge'],
  ['loss-relativistic', { average: true }],
  ['loss-f-gan'],
  ['loss-energy', { margin: 1 }],
];

const losses: readonly Row[] = [
  ...pairs.map(([kind, defaults]): Row => [kind, defaults, PAIR, ['d', 'g']]),
  ['loss-semi-supervised', {}, ['labelled', 'labels', 'real', 'fake'], ['d', 'g']],
  ['binary-cross-entropy', { target: 1, scores: 'logits' }, IN, OUT],
  ['cross-entropy', { scores: 'logits' }, ['in', 'labels'], OUT],
  ['mean-squared-error', {}, AB, OUT],
  ['l1', {}, AB, OUT],
  ['mean', {}, IN, OUT],
  ['feature-matching', { norm: 'l2' }, PAIR, OUT],
  ['gaussian-log-likelihood', {}, ['in', 'mean', 'logvariance'], OUT],
  ['kl-to-normal', {}, ['mean', 'logvariance'], OUT],
  ['flow-log-likelihood', {}, ['z', 'log-det'], OUT],
  ['pull-away', {}, IN, OUT],
  ['total-variation', {}, IN, OUT],
  ['gradient-norm', {}, ['of', 'at'], OUT],
  ['gradient-penalty', { at: 'interpolated', target: 1, sided: 'two', weight: 10 }, PAIR, OUT],
  ['weighted-sum', {}, undefined, OUT],
  ['expression', {}, undefined, OUT],
];

const rules: readonly Row[] = [
  ['sgd', { learningRate: 0.01, momentum: 0, ...optimizer }],
  ['adam', { learningRate: 2e-4, beta1: 0.5, beta2: 0.999, epsilon: 1e-8, ...optimizer }],
  ['rmsprop', { learningRate: 5e-5, decay: 0.9, epsilon: 1e-8, ...optimizer }],
  ['adagrad', { learningRate: 0.01, epsilon: 1e-8, ...optimizer }],
];
const optimizers = rules.map(([kind, defaults]): Row => [kind, defaults, OPTIMIZER, ['look-ahead']]);

const viewers: readonly Row[] = [
  ['view-samples', {}, PAIR],
  ['view-arrows', {}, ['fake', 'score']],
  ['view-pairs', {}, ['in', 'out', 'target']],
  ['view-values', {}, IN],
  ['view-surface'],
  ['view-manifold'],
  ['metric-modes', { ...metric, minimum: 20 }, ['samples']],
  ['metric-wasserstein', metric, ['samples', 'data']],
  ['metric-mmd', metric, ['samples', 'data']],
  ['metric-divergence', metric, ['samples', 'data']],
  ['metric-frechet', metric, ['samples', 'data']],
  ['metric-labels', metric, ['samples', 'labels']],
  ['metric-accuracy', metric, ['in', 'labels']],
  ['metric-code', metric, ['code', 'recovered', 'labels']],
  ['metric-reconstruction', metric, AB],
  ['metric-density-ratio'],
  ['metric-value', metric, IN],
  ['note', {}, []],
];

/** A network in every name, so that calls have ports. */
const scope = { network: () => ({ inputs: ['x'], outputs: ['y'], isInvertible: false }) };

describe('the contract', () => {
  const rows = [...sources, ...networks, ...layers, ...losses, ...optimizers, ...viewers];
  test.each(rows.map((row): [string, Row] => [row[0], row]))(
    '%s',
    (_, [kind, defaults = {}, inputs, outputs]) => {
      const definition = findDefinition(kind);
      expect(definition, `kind ${kind}`).toBeDefined();
      if (!definition) return;
      const params = definition.params.parse({});
      expect(params).toMatchObject(defaults);
      const names = (ports: readonly { readonly name: string }[]) => ports.map(({ name }) => name);
      if (inputs) expect(names(definition.inputs(params as never, scope))).toEqual(inputs);
      if (outputs) expect(names(definition.outputs(params as never, scope))).toEqual(outputs);
    },
  );
});
