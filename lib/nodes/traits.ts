import type { Truth } from '@/lib/data/truth';

/** What advice knows about a kind, so that it need not know kinds. */
export interface Traits {
  /** Where its output's values lie. */
  readonly range?: readonly [low: number, high: number];
  /** Its output holds its input's values: flatten, reshape, dropout. */
  readonly keepsValues?: true;
  /** Has no gradient where it is off: ReLU, max-pooling. */
  readonly sparse?: true;
  readonly convolution?: true;
  /** Normalises by the batch it sees. */
  readonly batchStatistics?: true;
  /** Outputs whose gradient vanishes as the discriminator becomes sure. */
  readonly saturating?: readonly string[];
  /** A loss that takes scores as they are, logits or probabilities. */
  readonly anyScores?: true;
  /** A loss that is a distance only where the discriminator's slope is bounded. */
  readonly needsBoundedSlope?: true;
  /** A loss that bounds the slope of the network that it applies. */
  readonly boundsSlope?: true;
  /** A loss that is to be made large: it goes into a sum with a negative weight. */
  readonly isGain?: true;
  /** Passes its input on and no gradient back. */
  readonly stopsGradient?: true;
  /** An optimizer that scales each weight's step by its gradients. */
  readonly adaptive?: true;
  /** What the data set that its parameter `dataset` names must know of itself. */
  readonly needsTruth?: keyof Truth;
}
