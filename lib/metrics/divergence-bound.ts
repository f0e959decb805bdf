/**
 * What a critic makes of two known densities, by quadrature: no samples are drawn, so it stands on the legal side
 * of the truth but for the error of the sum. Every objective is Σ p · real(v) + q · fake(v) over cells.
 */
interface Objective {
  /** What a score v costs, or gains, on real data and on fakes. */
  real(v: number, margin: number): number;
  fake(v: number, margin: number): number;
  /** What the best score makes of p and q at one place. */
  best(p: number, q: number, margin: number): number;
  /** f-GAN's bounds are from below, costs from above. */
  readonly isBound: boolean;
}

const softplus = (v: number): number => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
const log = (share: number): number => (share > 0 ? Math.log(share) : 0);
const sure = (term: number): number => (Number.isNaN(term) ? 0 : term);

/** Nowozin et al. 2016, table 2: g(v), -f*(g(v)) and q f(p/q). */
const bound = (
  activation: (v: number) => number,
  conjugate: (v: number) => number,
  best: (p: number, q: number) => number,
): Objective => ({ real: activation, fake: (v) => -conjugate(v), best, isBound: true });

const kl = (p: number, q: number): number => p * (log(p) - log(q));
const same = (v: number): number => v;

const objectives = {
  kl: bound(same, (v) => Math.exp(v - 1), kl),
  'reverse-kl': bound(
    (v) => -Math.exp(-v),
    (v) => v - 1,
    (p, q) => kl(q, p),
  ),
  pearson: bound(
    same,
    (v) => 0.25 * v * v + v,
    (p, q) => (p - q) ** 2 / q,
  ),
  'squared-hellinger': bound(
    (v) => 1 - Math.exp(-v),
    (v) => Math.exp(v) - 1,
    (p, q) => (Math.sqrt(p) - Math.sqrt(q)) ** 2,
  ),
  'jensen-shannon': bound(
    (v) => Math.LN2 - softplus(-v),
    (v) => softplus(v) - Math.LN2,
    (p, q) => kl(p, (p + q) / 2) + kl(q, (p + q) / 2),
  ),
  gan: bound(
    (v) => -softplus(-v),
    softplus,
    (p, q) => kl(p, p + q) + kl(q, p + q),
  ),
  hinge: {
    real: (v) => Math.max(0, 1 - v),
    fake: (v) => Math.max(0, 1 + v),
    best: (p, q) => 2 * Math.min(p, q),
    isBound: false,
  },
  'least-squares': {
    real: (v) => 0.5 * (v - 1) ** 2,
    fake: (v) => 0.5 * v * v,
    best: (p, q) => (0.5 * p * q) / (p + q),
    isBound: false,
  },
  energy: {
    real: same,
    fake: (v, margin) => Math.max(0, margin - v),
    best: (p, q, margin) => margin * Math.min(p, q),
    isBound: false,
  },
} as const satisfies Readonly<Record<string, Objective>>;

export type ObjectiveName = keyof typeof objectives;
export const objectiveNames = Object.keys(objectives) as [ObjectiveName, ...ObjectiveName[]];

const objectivesInPython: Readonly<
  Record<ObjectiveName, readonly [real: string, fake: string, best: string]>
> = {
  kl: ['v', '-np.exp(v - 1)', 'kl(p, q)'],
  'reverse-kl': ['-np.exp(-v)', '1 - v', 'kl(q, p)'],
  pearson: ['v', '-(0.25 * v * v + v)', '(p - q) ** 2 / q'],
  'squared-hellinger': ['1 - np.exp(-v)', '1 - np.exp(v)', '(np.sqrt(p) - np.sqrt(q)) ** 2'],
  'jensen-shannon': [
    'math.log(2) - softplus(-v)',
    'math.log(2) - softplus(v)',
    'kl(p, (p + q) / 2) + kl(q, (p + q) / 2)',
  ],
  gan: ['-softplus(-v)', '-softplus(v)', 'kl(p, p + q) + kl(q, p + q)'],
  hinge: ['np.maximum(0, 1 - v)', 'np.maximum(0, 1 + v)', '2 * np.minimum(p, q)'],
  'least-squares': ['0.5 * (v - 1) ** 2', '0.5 * v * v', '0.5 * p * q / (p + q)'],
  energy: ['v', 'np.maximum(0, margin - v)', 'margin * np.minimum(p, q)'],
};

/** The same as Python's arguments: three functions, and whether the truth is reached from below. */
export function objectiveInPython(name: ObjectiveName, margin: number): string {
  const given = name === 'energy' ? `, margin=${margin}` : '';
  const [real, fake, best] = objectivesInPython[name];
  const isBound = objectives[name].isBound ? 'True' : 'False';
  return `lambda v: ${real}, lambda v${given}: ${fake}, lambda p, q${given}: ${best}, ${isBound}`;
}

interface BoundFigures {
  /** The bound that the critic reaches, or what it pays. */
  readonly value: number;
  /** That of the best critic. */
  readonly truth: number;
  /** How far the value is on the legal side, as a share of the truth's size. */
  readonly gap: number;
}

/** `scores`, `p` and `q` at the middles of cells of one length. */
export function boundFigures(
  name: ObjectiveName,
  scores: ArrayLike<number>,
  densities: { readonly p: ArrayLike<number>; readonly q: ArrayLike<number>; readonly cell: number },
  margin: number,
): BoundFigures {
  const { real, fake, best, isBound }: Objective = objectives[name];
  let [value, truth] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    const [v, p, q] = [scores[i] as number, densities.p[i] as number, densities.q[i] as number];
    if (!(p + q > 0)) continue;
    // A density of nothing counts nothing, whatever the score there.
    value += (p > 0 ? p * real(v, margin) : 0) + (q > 0 ? q * fake(v, margin) : 0);
    truth += sure(best(p, q, margin));
  }
  [value, truth] = [value * densities.cell, truth * densities.cell];
  return { value, truth, gap: (isBound ? truth - value : value - truth) / Math.abs(truth) };
}
