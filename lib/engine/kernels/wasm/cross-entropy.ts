import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { LEAST, LEAST_LOG } from '@/lib/nodes/losses/cross-entropy-terms';
import { type Call, floats, output, type Replacement } from './heap';

/** Scores are one number per example, or a few: plain loops in double precision do. */
const why = 'one kernel in place of three to ten';

/** mean(softplus(a) − t a), a the score, or mean(−t ln p − (1 − t) ln(1 − p)) */
export const crossEntropy: Replacement = {
  kernel: 'GanvasCrossEntropy',
  why,
  run: ({ backend: wasm, inputs, attrs }) => {
    const out = output(wasm, []);
    const scores = floats(wasm, inputs.scores as TensorInfo);
    const target = attrs.target as number;
    let sum = 0;
    if (attrs.given === 'logits')
      for (const a of scores) sum += Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))) - target * a;
    else
      for (const p of scores)
        sum -= target * Math.max(Math.log(p), LEAST_LOG) + (1 - target) * Math.max(Math.log1p(-p), LEAST_LOG);
    floats(wasm, out)[0] = sum / scores.length;
    return out;
  },
};

/** dy (σ(a) − t) / n, or dy (p − t) / (p (1 − p)) / n */
export const crossEntropyGradient: Replacement = {
  kernel: 'GanvasCrossEntropyGradient',
  why,
  run: ({ backend: wasm, inputs, attrs }: Call) => {
    const info = inputs.scores as TensorInfo;
    const out = output(wasm, info.shape);
    const scores = floats(wasm, info);
    const gradient = floats(wasm, out);
    const target = attrs.target as number;
    const dy = (floats(wasm, inputs.dy as TensorInfo)[0] as number) / util.sizeFromShape(info.shape);
    scores.forEach((s, i) => {
      gradient[i] =
        dy *
        (attrs.given === 'logits'
          ? 1 / (1 + Math.exp(-s)) - target
          : (s - target) / Math.max(s * (1 - s), LEAST));
    });
    return out;
  },
};
