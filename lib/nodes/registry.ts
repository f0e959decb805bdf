import '@/lib/graph/no-eval';
import { elu } from './activations/elu';
import { gelu } from './activations/gelu';
import { leakyRelu } from './activations/leaky-relu';
import { prelu } from './activations/prelu';
import { relu } from './activations/relu';
import { selu } from './activations/selu';
import { sigmoid } from './activations/sigmoid';
import { softmax } from './activations/softmax';
import { softplus } from './activations/softplus';
import { swish } from './activations/swish';
import { tanh } from './activations/tanh';
import { batchMoments } from './batch/batch-moments';
import { minibatchDiscrimination } from './batch/minibatch-discrimination';
import { minibatchStddev } from './batch/minibatch-stddev';
import { pack } from './batch/pack';
import type { NodeDefinition } from './define';
import { adaptiveAugment } from './layers/adaptive-augment';
import { add } from './layers/add';
import { argmax } from './layers/argmax';
import { augment } from './layers/augment';
import { averagePool2d } from './layers/average-pool2d';
import { blur } from './layers/blur';
import { concat } from './layers/concat';
import { conv1d } from './layers/conv1d';
import { conv2d } from './layers/conv2d';
import { conv2dTranspose } from './layers/conv2d-transpose';
import { conv3d } from './layers/conv3d';
import { conv3dTranspose } from './layers/conv3d-transpose';
import { dense } from './layers/dense';
import { depthwiseConv2d } from './layers/depthwise-conv2d';
import { distance } from './layers/distance';
import { dot } from './layers/dot';
import { dropout } from './layers/dropout';
import { embedding } from './layers/embedding';
import { flatten } from './layers/flatten';
import { gaussianNoise } from './layers/gaussian-noise';
import { globalAveragePool2d } from './layers/global-average-pool2d';
import { interpolate } from './layers/interpolate';
import { maskedDense } from './layers/masked-dense';
import { maxPool2d } from './layers/max-pool2d';
import { modulatedConv2d } from './layers/modulated-conv2d';
import { multiply } from './layers/multiply';
import { noise } from './layers/noise';
import { pixelShuffle } from './layers/pixel-shuffle';
import { progressiveBlend } from './layers/progressive-blend';
import { reduce } from './layers/reduce';
import { reshape } from './layers/reshape';
import { scale } from './layers/scale';
import { selfAttention } from './layers/self-attention';
import { slice } from './layers/slice';
import { subtract } from './layers/subtract';
import { timeEmbedding } from './layers/time-embedding';
import { upsample2d } from './layers/upsample2d';
import { binaryCrossEntropy } from './losses/binary-cross-entropy';
import { crossEntropy } from './losses/cross-entropy';
import { expression } from './losses/expression';
import { featureMatching } from './losses/feature-matching';
import { flowLogLikelihood } from './losses/flow-log-likelihood';
import { gaussianLogLikelihood } from './losses/gaussian-log-likelihood';
import { gradientNorm } from './losses/gradient-norm';
import { gradientPenalty } from './losses/gradient-penalty';
import { klToNormal } from './losses/kl-to-normal';
import { l1 } from './losses/l1';
import { lecam } from './losses/lecam';
import { lossEnergy } from './losses/loss-energy';
import { lossFGan } from './losses/loss-f-gan';
import { lossHinge } from './losses/loss-hinge';
import { lossLeastSquares } from './losses/loss-least-squares';
import { lossMaximumLikelihood } from './losses/loss-maximum-likelihood';
import { lossMinimax } from './losses/loss-minimax';
import { lossNonSaturating } from './losses/loss-non-saturating';
import { lossRelativistic } from './losses/loss-relativistic';
import { lossSemiSupervised } from './losses/loss-semi-supervised';
import { lossWasserstein } from './losses/loss-wasserstein';
import { mean } from './losses/mean';
import { meanSquaredError } from './losses/mean-squared-error';
import { pathLength } from './losses/path-length';
import { pullAway } from './losses/pull-away';
import { totalVariation } from './losses/total-variation';
import { weightedSum } from './losses/weighted-sum';
import { metricAccuracy } from './metrics/metric-accuracy';
import { metricArithmetic } from './metrics/metric-arithmetic';
import { metricAttributes } from './metrics/metric-attributes';
import { metricBound } from './metrics/metric-bound';
import { metricCode } from './metrics/metric-code';
import { metricCopying } from './metrics/metric-copying';
import { metricDensityRatio } from './metrics/metric-density-ratio';
import { metricDivergence } from './metrics/metric-divergence';
import { metricFrechet } from './metrics/metric-frechet';
import { metricKid } from './metrics/metric-kid';
import { metricLabels } from './metrics/metric-labels';
import { metricMmd } from './metrics/metric-mmd';
import { metricModes } from './metrics/metric-modes';
import { metricPrdc } from './metrics/metric-prdc';
import { metricProbe } from './metrics/metric-probe';
import { metricReconstruction } from './metrics/metric-reconstruction';
import { metricValue } from './metrics/metric-value';
import { metricWasserstein } from './metrics/metric-wasserstein';
import { call } from './network/call';
import { networkInput } from './network/network-input';
import { networkOutput } from './network/network-output';
import { project } from './network/project';
import { stopGradient } from './network/stop-gradient';
import { adaptiveInstanceNorm } from './normalisation/adaptive-instance-norm';
import { batchNorm } from './normalisation/batch-norm';
import { conditionalBatchNorm } from './normalisation/conditional-batch-norm';
import { groupNorm } from './normalisation/group-norm';
import { instanceNorm } from './normalisation/instance-norm';
import { layerNorm } from './normalisation/layer-norm';
import { pixelNorm } from './normalisation/pixel-norm';
import { virtualBatchNorm } from './normalisation/virtual-batch-norm';
import { note } from './notes/note';
import { adagrad } from './optimizers/adagrad';
import { adam } from './optimizers/adam';
import { adamw } from './optimizers/adamw';
import { lookahead } from './optimizers/lookahead';
import { rmsprop } from './optimizers/rmsprop';
import { sgd } from './optimizers/sgd';
import { coupling } from './probabilistic/coupling';
import { diffuse } from './probabilistic/diffuse';
import { diffusionPair } from './probabilistic/diffusion-pair';
import { gumbelSoftmax } from './probabilistic/gumbel-softmax';
import { posterior } from './probabilistic/posterior';
import { reparameterize } from './probabilistic/reparameterize';
import { truncation } from './probabilistic/truncation';
import { categoricalCode } from './sources/categorical-code';
import { constant } from './sources/constant';
import { dataset } from './sources/dataset';
import { latent } from './sources/latent';
import { parameter } from './sources/parameter';
import { replay } from './sources/replay';
import { shuffle } from './sources/shuffle';
import { uniformCode } from './sources/uniform-code';
import { viewArrows } from './views/view-arrows';
import { viewManifold } from './views/view-manifold';
import { viewPairs } from './views/view-pairs';
import { viewSamples } from './views/view-samples';
import { viewSurface } from './views/view-surface';
import { viewValues } from './views/view-values';

/** Every kind, in the palette's order. Adding a kind is one new file and one line here. */
export const registry = [
  latent,
  categoricalCode,
  uniformCode,
  constant,
  dataset,
  parameter,
  shuffle,
  replay,
  networkInput,
  networkOutput,
  call,
  stopGradient,
  project,
  dense,
  embedding,
  timeEmbedding,
  maskedDense,
  conv1d,
  conv2d,
  depthwiseConv2d,
  modulatedConv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  upsample2d,
  pixelShuffle,
  blur,
  averagePool2d,
  maxPool2d,
  globalAveragePool2d,
  selfAttention,
  flatten,
  reshape,
  slice,
  reduce,
  concat,
  add,
  multiply,
  subtract,
  scale,
  dot,
  distance,
  interpolate,
  progressiveBlend,
  argmax,
  dropout,
  gaussianNoise,
  augment,
  adaptiveAugment,
  noise,
  relu,
  leakyRelu,
  prelu,
  tanh,
  sigmoid,
  softplus,
  elu,
  selu,
  gelu,
  swish,
  softmax,
  batchNorm,
  virtualBatchNorm,
  layerNorm,
  instanceNorm,
  groupNorm,
  conditionalBatchNorm,
  adaptiveInstanceNorm,
  pixelNorm,
  minibatchStddev,
  minibatchDiscrimination,
  pack,
  batchMoments,
  reparameterize,
  truncation,
  gumbelSoftmax,
  coupling,
  diffuse,
  diffusionPair,
  posterior,
  lossNonSaturating,
  lossMinimax,
  lossLeastSquares,
  lossWasserstein,
  lossHinge,
  lossRelativistic,
  lossMaximumLikelihood,
  lossFGan,
  lossEnergy,
  lossSemiSupervised,
  binaryCrossEntropy,
  crossEntropy,
  meanSquaredError,
  l1,
  mean,
  featureMatching,
  gaussianLogLikelihood,
  klToNormal,
  flowLogLikelihood,
  pullAway,
  totalVariation,
  gradientPenalty,
  gradientNorm,
  pathLength,
  lecam,
  weightedSum,
  expression,
  adam,
  adamw,
  sgd,
  rmsprop,
  adagrad,
  lookahead,
  viewSamples,
  viewSurface,
  viewArrows,
  viewPairs,
  viewManifold,
  viewValues,
  metricModes,
  metricWasserstein,
  metricMmd,
  metricPrdc,
  metricDivergence,
  metricFrechet,
  metricKid,
  metricCopying,
  metricDensityRatio,
  metricBound,
  metricLabels,
  metricAttributes,
  metricArithmetic,
  metricCode,
  metricAccuracy,
  metricProbe,
  metricReconstruction,
  metricValue,
  note,
] as const satisfies readonly NodeDefinition[];

export type Category = (typeof registry)[number]['category'];

const byKind = new Map<string, NodeDefinition>(registry.map((definition) => [definition.kind, definition]));

/** The definition of a kind, or undefined for one that this version does not know. */
export const findDefinition = (kind: string): NodeDefinition | undefined => byKind.get(kind);
