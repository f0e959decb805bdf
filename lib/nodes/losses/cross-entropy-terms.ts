import type { Scalar } from '@tensorflow/tfjs-core';
import type { LossArgs, Tensor, Tf } from '../define';
import { hasKernel, runKernel } from '../operations';
import { expressionAt, tensorAt } from '../ports';
import { realLabel, type Targets } from './pair';

/** What a probability is divided by at least, and the least that its logarithm may be: those of PyTorch. */
export const LEAST = 1e-12;
export const LEAST_LOG = -100;

type Given = 'logits' | 'probabilities';

/** ln p; below `LEAST` the tangent there, so that a saturated sigmoid is still pulled and nothing overflows. */
export function logOf(tf: Tf, p: Tensor): Tensor {
  const tangent = tf.add(tf.div(p, LEAST), Math.log(LEAST) - 1);
  return tf.where(tf.less(p, LEAST), tangent, tf.log(tf.maximum(p, LEAST)));
}

export const torchLogOf = (p: string): string =>
  `(lambda p: torch.where(p < ${LEAST}, p / ${LEAST} - ${1 - Math.log(LEAST)}, p.clamp(min=${LEAST}).log()))(${p})`;

/** Scores as logits: a = ln p - ln(1 - p) for probabilities. */
export const toLogits = (tf: Tf, scores: Tensor, given: Given): Tensor =>
  given === 'logits' ? scores : tf.sub(logOf(tf, scores), logOf(tf, tf.sub(1, scores)));

export const torchLogits = (scores: string, given: Given): string =>
  given === 'logits' ? scores : `(${torchLogOf(scores)} - ${torchLogOf(`1 - ${scores}`)})`;

/** Mean cross-entropy of scores, any number of them, against a constant target t: mean(softplus(a) - t a). */
export function meanCrossEntropy(tf: Tf, scores: Tensor, target: number, given: Given): Scalar {
  if (hasKernel(tf, 'GanvasCrossEntropy'))
    return runKernel<Scalar>(tf, 'GanvasCrossEntropy', { scores }, { target, given });
  return composeCrossEntropy(tf, scores, target, given);
}

/** The same by tfjs's arithmetic, which has gradients of all orders. */
export function composeCrossEntropy(tf: Tf, scores: Tensor, target: number, given: Given): Scalar {
  if (given === 'probabilities') return tf.mean(probabilityTerms(tf, scores, target));
  if (target === 1) return tf.mean(tf.softplus(tf.neg(scores)));
  const all = tf.softplus(scores);
  return tf.mean(target === 0 ? all : tf.sub(all, tf.mul(scores, target)));
}

/** -t ln p - (1 - t) ln(1 - p), with the slope (p - t) / (p (1 - p)), both bounded as PyTorch bounds them. */
function probabilityTerms(tf: Tf, p: Tensor, target: number): Tensor {
  const log = (x: Tensor) => tf.maximum(tf.log(x), LEAST_LOG);
  const terms = tf.customGrad(() => ({
    value: tf.neg(tf.add(tf.mul(log(p), target), tf.mul(log(tf.sub(1, p)), 1 - target))),
    // Of p itself, not of a copy that was saved: so the slope has a slope.
    gradFunc: (dy: Tensor) =>
      tf.mul(dy, tf.div(tf.sub(p, target), tf.maximum(tf.mul(p, tf.sub(1, p)), LEAST))),
  }));
  return terms(p);
}

/** PyTorch's expression of the same; the target may be an expression too. */
export const torchCrossEntropy = (scores: string, target: number | string, given: Given): string =>
  given === 'logits'
    ? `F.binary_cross_entropy_with_logits(${scores}, torch.full_like(${scores}, ${target}), reduction='mean')`
    : `F.binary_cross_entropy(${scores}, torch.full_like(${scores}, ${target}), reduction='mean')`;

interface PairParams extends Targets {
  readonly scores: Given;
}

/** Targets in lines of PyTorch: each may turn out to be the expression of a ramp, so only limits decide. */
interface PrintedTargets {
  readonly realTarget: unknown;
  readonly fakeTarget: unknown;
}

const isUsual = ({ realTarget, fakeTarget }: PrintedTargets) => realTarget === 1 || fakeTarget === 0;

/** `realLabel` in PyTorch, and the other one. */
export const torchRealLabel = (targets: PrintedTargets): string =>
  isUsual(targets) ? '1' : `float(${targets.realTarget} >= ${targets.fakeTarget})`;

export const torchFakeLabel = (targets: PrintedTargets): string =>
  isUsual(targets) ? '0' : `float(${targets.realTarget} < ${targets.fakeTarget})`;

/** The logit of being real. */
export const towardsReal = (tf: Tf, logits: Tensor, real: 0 | 1): Tensor =>
  real === 1 ? logits : tf.neg(logits);

export const torchTowardsReal = (logits: string, targets: PrintedTargets): string =>
  isUsual(targets) ? logits : `(2 * ${torchRealLabel(targets)} - 1) * ${logits}`;

/** What the pairs share: D's cross-entropy, and a term of the generator's own, by the label of real data. */
export function evaluatePair(
  tf: Tf,
  output: string,
  { params, inputs }: { readonly params: PairParams; readonly inputs: LossArgs<PairParams>['inputs'] },
  generator: (fake: Tensor, real: 0 | 1) => Scalar,
): Scalar {
  const { scores, realTarget, fakeTarget } = params;
  const fake = tensorAt(inputs, 'fake');
  if (output === 'g') return generator(fake, realLabel(params));
  return tf.add(
    meanCrossEntropy(tf, tensorAt(inputs, 'real'), realTarget, scores),
    meanCrossEntropy(tf, fake, fakeTarget, scores),
  );
}

/** PyTorch's expression of D's side. */
export function torchPairD(
  { scores, realTarget, fakeTarget }: PrintedTargets & { readonly scores: Given },
  inputs: { readonly [port: string]: string | readonly string[] },
): string {
  const real = torchCrossEntropy(expressionAt(inputs, 'real'), String(realTarget), scores);
  return `${real} + ${torchCrossEntropy(expressionAt(inputs, 'fake'), String(fakeTarget), scores)}`;
}
