import type { Tensor, Tf } from '../define';

/**
 * Nowozin et al. 2016, table 2: the bound is E_P[g(v)] - E_Q[f*(g(v))] with the activation g, which keeps g(v)
 * in the domain of the conjugate f*. D_f(P‖Q) = ∫ q f(p/q), the table by the f that stands beside each.
 */
export interface FDivergence {
  readonly title: string;
  /** g(v) */
  activation(tf: Tf, v: Tensor): Tensor;
  /** f*(g(v)) */
  conjugate(tf: Tf, v: Tensor): Tensor;
  readonly torch: { activation(v: string): string; conjugate(v: string): string };
}

const softplus = (v: string) => `F.softplus(${v}, beta=1, threshold=20)`;

/** f = u ln u */
const kl: FDivergence = {
  title: 'KL',
  activation: (_, v) => v,
  conjugate: (tf, v) => tf.exp(tf.sub(v, 1)),
  torch: { activation: (v) => v, conjugate: (v) => `(${v} - 1).exp()` },
};

/** f = -ln u */
const reverseKl: FDivergence = {
  title: 'reverse KL',
  activation: (tf, v) => tf.neg(tf.exp(tf.neg(v))),
  conjugate: (tf, v) => tf.sub(v, 1),
  torch: { activation: (v) => `-(-${v}).exp()`, conjugate: (v) => `(${v} - 1)` },
};

/** f = (u - 1)² */
const pearson: FDivergence = {
  title: 'Pearson χ²',
  activation: (_, v) => v,
  conjugate: (tf, v) => tf.add(tf.mul(tf.square(v), 0.25), v),
  torch: { activation: (v) => v, conjugate: (v) => `(0.25 * ${v}.square() + ${v})` },
};

/** f = (√u - 1)² */
const squaredHellinger: FDivergence = {
  title: 'squared Hellinger',
  activation: (tf, v) => tf.sub(1, tf.exp(tf.neg(v))),
  conjugate: (tf, v) => tf.sub(tf.exp(v), 1),
  torch: { activation: (v) => `(1 - (-${v}).exp())`, conjugate: (v) => `(${v}.exp() - 1)` },
};

/** f = u ln u - (u + 1) ln((u + 1) / 2): twice the usual Jensen-Shannon divergence */
const jensenShannon: FDivergence = {
  title: 'Jensen-Shannon',
  activation: (tf, v) => tf.sub(Math.LN2, tf.softplus(tf.neg(v))),
  conjugate: (tf, v) => tf.sub(tf.softplus(v), Math.LN2),
  torch: {
    activation: (v) => `(${Math.LN2} - ${softplus(`-${v}`)})`,
    conjugate: (v) => `(${softplus(v)} - ${Math.LN2})`,
  },
};

/** f = u ln u - (u + 1) ln(u + 1): the minimax game's value, 2 ln 2 below the one before */
const gan: FDivergence = {
  title: 'GAN',
  activation: (tf, v) => tf.neg(tf.softplus(tf.neg(v))),
  conjugate: (tf, v) => tf.softplus(v),
  torch: { activation: (v) => `-${softplus(`-${v}`)}`, conjugate: softplus },
};

export const fDivergences = {
  kl,
  'reverse-kl': reverseKl,
  pearson,
  'squared-hellinger': squaredHellinger,
  'jensen-shannon': jensenShannon,
  gan,
} as const satisfies Readonly<Record<string, FDivergence>>;

export type FDivergenceName = keyof typeof fDivergences;
