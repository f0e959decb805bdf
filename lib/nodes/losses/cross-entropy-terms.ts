import type { Scalar } from '@tensorflow/tfjs-core';
import type { LossArgs, Tensor, Tf } from '../define';
import { hasKernel, runKernel } from '../operations';
import { expressionAt, tensorAt } from '../ports';

/** Probabilities are kept this far from 0 and 1, so that the logarithm and its gradient stay finite. */
export const EDGE = 1e-7;

type Given = 'logits' | 'probabilities';

/** Scores as logits: a = log(p / (1 - p)) for probabilities. */
export function toLogits(tf: Tf, scores: Tensor, given: Given): Tensor {
  if (given === 'logits') return scores;
  // Affine rather than a clip: a clip has no gradient at its ends, where a saturated sigmoid sits.
  const p = tf.add(tf.mul(scores, 1 - 2 * EDGE), EDGE);
  return tf.sub(tf.log(p), tf.log(tf.sub(1, p)));
}

/** Mean cross-entropy of scores, any number of them, against a constant target t: mean(softplus(a) - t a). */
export function meanCrossEntropy(tf: Tf, scores: Tensor, target: number, given: Given): Scalar {
  if (hasKernel(tf, 'GanvasCrossEntropy'))
    return runKernel<Scalar>(tf, 'GanvasCrossEntropy', { scores }, { target, given });
  return composeCrossEntropy(tf, scores, target, given);
}

/** The same by tfjs's arithmetic, which has gradients of all orders. */
export function composeCrossEntropy(tf: Tf, scores: Tensor, target: number, given: Given): Scalar {
  const a = toLogits(tf, scores, given);
  if (target === 1) return tf.mean(tf.softplus(tf.neg(a)));
  const all = tf.softplus(a);
  return tf.mean(target === 0 ? all : tf.sub(all, tf.mul(a, target)));
}

/** PyTorch's expression of the same. */
export const torchCrossEntropy = (
  scores: string,
  target: number,
  given: 'logits' | 'probabilities',
): string =>
  given === 'logits'
    ? `F.binary_cross_entropy_with_logits(${scores}, torch.full_like(${scores}, ${target}), reduction='mean')`
    : `F.binary_cross_entropy(${scores}, torch.full_like(${scores}, ${target}), reduction='mean')`;

interface PairParams {
  readonly scores: 'logits' | 'probabilities';
  readonly realTarget: number;
  readonly fakeTarget: number;
}

/** What minimax and non-saturating share: D's cross-entropy, and a term of the generator's own. */
export function evaluatePair(
  tf: Tf,
  output: string,
  { params, inputs }: { readonly params: PairParams; readonly inputs: LossArgs<PairParams>['inputs'] },
  generator: (fake: Tensor) => Scalar,
): Scalar {
  const { scores, realTarget, fakeTarget } = params;
  const fake = tensorAt(inputs, 'fake');
  if (output === 'g') return generator(fake);
  return tf.add(
    meanCrossEntropy(tf, tensorAt(inputs, 'real'), realTarget, scores),
    meanCrossEntropy(tf, fake, fakeTarget, scores),
  );
}

/** PyTorch's expression of D's side. */
export function torchPairD(
  params: {
    readonly scores: PairParams['scores'];
    readonly realTarget: unknown;
    readonly fakeTarget: unknown;
  },
  inputs: { readonly [port: string]: string | readonly string[] },
): string {
  const { scores, realTarget, fakeTarget } = params;
  const real = torchCrossEntropy(expressionAt(inputs, 'real'), realTarget as number, scores);
  return `${real} + ${torchCrossEntropy(expressionAt(inputs, 'fake'), fakeTarget as number, scores)}`;
}
