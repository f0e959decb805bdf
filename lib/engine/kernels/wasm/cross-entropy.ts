import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { EDGE } from '@/lib/nodes/losses/cross-entropy-terms';
import { type Call, floats, output, type Replacement } from './heap';

/** Scores are one number per example, or a few: plain loops in double precision do. */
const why = 'one kernel in place of three to ten';

/** mean(softplus(a) − t a), a the score, or log(p / (1 − p)) */
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
      for (const score of scores) {
        const p = kept(score);
        sum -= target * Math.log(p) + (1 - target) * Math.log(1 - p);
      }
    floats(wasm, out)[0] = sum / scores.length;
    return out;
  },
};

/** dy (σ(a) − t) / n, or dy ((1 − t) / (1 − p) − t / p) / n */
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
    scores.forEach((score, i) => {
      if (attrs.given === 'logits') gradient[i] = dy * (1 / (1 + Math.exp(-score)) - target);
      else {
        const p = kept(score);
        gradient[i] = dy * (1 - 2 * EDGE) * ((1 - target) / (1 - p) - target / p);
      }
    });
    return out;
  },
};

/** Away from 0 and 1. */
const kept = (p: number): number => p * (1 - 2 * EDGE) + EDGE;
