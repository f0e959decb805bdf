/**
 * How near a discriminator is to the best one, D* = t p / (p + q) where it is to say t of real data, by quadrature
 * over a grid of equal cells: all figures are integrals, no samples are drawn.
 */
interface RatioFigures {
  /** ∫ m |D - D*| with m the mean of p and q. */
  readonly meanError: number;
  /** The largest |D - D*| where m is above `CERTAIN`. */
  readonly maxError: number;
  /** The best value less D's, ∫ t p ln D + ((1 - t) p + q) ln(1 - D): 0 or more. */
  readonly valueGap: number;
}

/** Where there is less density, nothing has been learnt. */
const CERTAIN = 0.01;

/** `logits` and both densities at the grid's points; `cell` is the length or area of one, `realTarget` is t. */
export function ratioFigures(
  logits: ArrayLike<number>,
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  cell: number,
  realTarget = 1,
): RatioFigures {
  let [meanError, maxError, best, reached] = [0, 0, 0, 0];
  for (let i = 0; i < logits.length; i++) {
    const a = logits[i] as number;
    const both = (p[i] as number) + (q[i] as number);
    if (!(both > 0)) continue;
    const real = realTarget * (p[i] as number);
    const fake = both - real;
    const error = Math.abs(1 / (1 + Math.exp(-a)) - real / both);
    meanError += 0.5 * both * error * cell;
    if (0.5 * both > CERTAIN) maxError = Math.max(maxError, error);
    if (real > 0) best += real * Math.log(real / both) * cell;
    if (fake > 0) best += fake * Math.log(fake / both) * cell;
    reached -= (real * softplus(-a) + fake * softplus(a)) * cell;
  }
  return { meanError, maxError, valueGap: best - reached };
}

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
