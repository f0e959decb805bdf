import type { Truth } from '@/lib/data/truth';

/** What a kind that compares examples makes of one alone. */
export interface Alone {
  /** An error where nothing of the input comes through. */
  readonly severity: 'error' | 'warning';
  /** The places of an image are compared too, so that one example is many values. */
  readonly overSpace?: true;
  /** The rest of a sentence: `gives its offset β, whatever goes in`. */
  readonly says: string;
}

/** What advice knows about a kind, so that it need not know kinds. */
export interface Traits {
  /** Where its output's values lie. */
  readonly range?: readonly [low: number, high: number];
  /** Where it takes a number, if it never turns round: the ends of what goes in are the ends of what comes out. */
  maps?(value: number, params: Readonly<Record<string, unknown>>): number | undefined;
  /** Its output holds its input's values: flatten, reshape, dropout. */
  readonly keepsValues?: true;
  /** Has no gradient where it is off: ReLU, max-pooling. */
  readonly sparse?: true;
  readonly convolution?: true;
  /** Normalises by the batch it sees. */
  readonly batchStatistics?: true;
  /** How it may change an image of these dims so that nothing of it is left: the rest of a sentence. */
  leavesNothing?(params: Readonly<Record<string, unknown>>, dims: readonly number[]): string | undefined;
  /** Puts several examples into one. */
  readonly joinsExamples?: true;
  /** What is left where the batch is one example. */
  readonly alone?: Alone;
  /** Outputs whose gradient vanishes as the discriminator becomes sure. */
  readonly saturating?: readonly string[];
  /** A loss that takes scores as they are, logits or probabilities. */
  readonly anyScores?: true;
  /** A loss that is a distance only where the discriminator's slope is bounded. */
  readonly needsBoundedSlope?: true;
  /** A loss that bounds the slope of the network that it applies. */
  readonly boundsSlope?: true;
  /** What an output of a loss would have the scores on its ports be, on the loss's own scale. */
  wants?(
    params: Readonly<Record<string, unknown>>,
    output: string,
  ): { readonly [port: string]: number | undefined };
  /** How much a loss that goes into a loss counts there, where that is a number. */
  weighs?(params: Readonly<Record<string, unknown>>, port: string): number | undefined;
  /** A loss that is to be made large: it goes into a sum with a negative weight. */
  readonly isGain?: true;
  /** A source of random numbers that are no data. */
  readonly noise?: true;
  /** A metric one result of which says what goes wrong: that samples are copies, that its own judge errs. */
  readonly reports?: { readonly about: 'copying' | 'judge'; readonly result: string };
  /** A sum of its inputs. */
  readonly sums?: true;
  /** A loss that is how far its two inputs are apart. */
  readonly distance?: true;
  /** A loss that keeps all modes where the players' rates fall to the end of the run. */
  readonly fallingRate?: true;
  /** A loss that costs as much as the density ratio, or more, where data and fakes are far apart. */
  growsWithRatio?(params: Readonly<Record<string, unknown>>): boolean;
  /** Passes its input on and no gradient back. */
  readonly stopsGradient?: true;
  /** An optimizer that scales each weight's step by its gradients. */
  readonly adaptive?: true;
  /** What the data set that its parameter `dataset` names must know of itself: one of these. */
  readonly needsTruth?: readonly Exclude<keyof Truth, 'thin' | 'words' | 'readsGiven' | 'python'>[];
  /** Adds noise to what goes in, so that distributions that lie apart overlap. */
  readonly blurs?: true;
  /** Inputs, costs of players, whose size decides whether, or how much, they count. */
  gates?(params: Readonly<Record<string, unknown>>): readonly string[];
}
