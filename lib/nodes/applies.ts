/** Two ports between which a slope is taken: ∂ Σ of / ∂ at. */
export interface Slope {
  readonly of: string;
  readonly at: string;
}

/** One output of a network as a function of its inputs, one of which a kind looks at. */
export interface Applies {
  readonly network: string;
  readonly input: string;
  readonly output: string;
  /** The weights in training if left out. */
  readonly weights?: 'live' | 'ema';
  /** `train` if left out. */
  readonly mode?: 'train' | 'eval';
  /** Ports that have the shape of that input or that output; all that are no further inputs, of the input. */
  readonly ports?: { readonly [port: string]: 'input' | 'output' };
  /** The shapes of the outputs follow from the kind's own inputs, and those of the network may follow from them. */
  readonly ownShapes?: true;
  /** Passes through the network, there and back: two if left out. */
  readonly passes?: number;
}
