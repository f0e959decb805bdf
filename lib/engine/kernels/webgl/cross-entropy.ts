import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { EDGE } from '@/lib/nodes/losses/cross-entropy-terms';
import { type Call, type Replacement, reshape, runKernel, type Webgl } from './programs';

const why = 'a shader in place of three to ten';

type Given = 'logits' | 'probabilities';

/** Of one score s. */
const term = {
  logits: 'max(s, 0.0) + log(1.0 + exp(-abs(s))) - target * s',
  probabilities: `-target * log(p(s)) - (1.0 - target) * log(1.0 - p(s))`,
};
const slope = {
  logits: '1.0 / (1.0 + exp(-s)) - target',
  probabilities: `${1 - 2 * EDGE} * ((1.0 - target) / (1.0 - p(s)) - target / p(s))`,
};
export const crossEntropy: Replacement = {
  kernel: 'GanvasCrossEntropy',
  why,
  run: ({ backend, inputs, attrs }) => {
    const scores = inputs.scores as TensorInfo;
    const terms = eachScore(backend, [scores], attrs, term[attrs.given as Given]);
    const column = reshape(backend, terms, [util.sizeFromShape(scores.shape), 1]);
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
    const scores = inputs.scores as TensorInfo;
    const size = util.sizeFromShape(scores.shape);
    const code = `getDy() / ${size}.0 * (${slope[attrs.given as Given]})`;
    return eachScore(backend, [scores, inputs.dy as TensorInfo], attrs, code);
  },
};

/** A tensor like the scores, `code` of each s. */
const eachScore = (webgl: Webgl, inputs: TensorInfo[], attrs: Call['attrs'], code: string): TensorInfo =>
  webgl.compileAndRun(
    {
      variableNames: ['S', 'Dy'].slice(0, inputs.length),
      outputShape: (inputs[0] as TensorInfo).shape,
      customUniforms: [{ name: 'target', type: 'float' as const }],
      userCode: `
        float p(float s) { return s * ${1 - 2 * EDGE} + ${EDGE}; }
        void main() { float s = getSAtOutCoords(); setOutput(${code}); }`,
    },
    inputs,
    'float32',
    [[attrs.target as number]],
  );
