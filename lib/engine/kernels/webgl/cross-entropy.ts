import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { LEAST, LEAST_LOG } from '@/lib/nodes/losses/cross-entropy-terms';
import { pointwise, type Replacement, reshape, runKernel } from './programs';

const why = 'a shader in place of three to ten';

type Given = 'logits' | 'probabilities';

const log = (p: string) => `max(log(${p}), ${LEAST_LOG.toFixed(1)})`;

/** Of scores s, four at a time. */
const term = {
  logits: 'max(s, 0.0) + log(1.0 + exp(-abs(s))) - target * s',
  probabilities: `-target * ${log('s')} - (1.0 - target) * ${log('1.0 - s')}`,
};
const slope = {
  logits: '1.0 / (1.0 + exp(-s)) - target',
  probabilities: `(s - target) / max(s * (1.0 - s), ${LEAST})`,
};

export const crossEntropy: Replacement = {
  kernel: 'GanvasCrossEntropy',
  why,
  run: ({ backend, inputs, attrs }) => {
    const s = inputs.scores as TensorInfo;
    const terms = pointwise(backend, { s }, { target: attrs.target as number }, term[attrs.given as Given]);
    const column = reshape(backend, terms, [util.sizeFromShape(s.shape), 1]);
    const mean = runKernel(backend, 'Mean', { x: column }, { axis: 0, keepDims: false });
    const out = reshape(backend, mean, []);
    for (const info of [terms, column, mean]) backend.disposeIntermediateTensorInfo(info);
    return out;
  },
};

export const crossEntropyGradient: Replacement = {
  kernel: 'GanvasCrossEntropyGradient',
  why,
  run: ({ backend, inputs, attrs }) => {
    const { scores: s, dy } = inputs as { scores: TensorInfo; dy: TensorInfo };
    const uniforms = { target: attrs.target as number, share: 1 / util.sizeFromShape(s.shape) };
    return pointwise(backend, { s, dy }, uniforms, `dy * share * (${slope[attrs.given as Given]})`);
  },
};
