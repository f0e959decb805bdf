import { pythonExpression } from '../python';
import type { Truth } from '../truth';

/**
 * Density and entropy of the two moons by quadrature. The inner moon is the outer one turned by half a circle
 * about (½, ¼), so that one arc is enough: p = ½ p_arc(x) + ½ p_arc((1, ½) - x).
 */

/** Below this noise the curve is too thin for a grid, and without noise there is no density. */
const THINNEST = 0.05;
/** Deviations beyond which nothing is left. */
const REACH = 6;

/** (1/π) ∫₀^π N(x; (cos t, sin t), sd²) dt, by the midpoint rule in steps of half a deviation, its ends corrected. */
function arcDensity(x: number, y: number, sd: number): number {
  if (Math.abs(Math.hypot(x, y) - 1) > REACH * sd) return 0;
  const steps = Math.max(64, Math.ceil((2 * Math.PI) / sd));
  const step = Math.PI / steps;
  const f = (t: number) => Math.exp(-((x - Math.cos(t)) ** 2 + (y - Math.sin(t)) ** 2) / (2 * sd * sd));
  // (h/24) (f'(π) - f'(0)), where f'(0) = f(0) y/sd² and f'(π) = -f(π) y/sd².
  let sum = (-step / 24) * (y / (sd * sd)) * (f(0) + f(Math.PI));
  for (let k = 0; k < steps; k++) sum += f(step * (k + 0.5));
  return sum / (steps * 2 * Math.PI * sd * sd);
}

const densityAt = (x: number, y: number, sd: number): number =>
  0.5 * (arcDensity(x, y, sd) + arcDensity(1 - x, 0.5 - y, sd));

const entropies = new Map<number, number>();

/** -∫ p ln p over a grid of thirds of a deviation. */
function entropyOf(sd: number): number {
  const known = entropies.get(sd);
  if (known !== undefined) return known;
  const step = sd / 3;
  let sum = 0;
  for (let x = -1 - REACH * sd; x < 2 + REACH * sd; x += step)
    for (let y = -0.5 - REACH * sd; y < 1 + REACH * sd; y += step) {
      const p = densityAt(x, y, sd);
      if (p > 0) sum -= p * Math.log(p) * step * step;
    }
  entropies.set(sd, sum);
  return sum;
}

export const moonsTruth = (sd: number): Truth =>
  sd < THINNEST
    ? {}
    : {
        density: ([x = 0, y = 0]) => densityAt(x, y, sd),
        entropy: entropyOf(sd),
        python: {
          density: pythonExpression(`(lambda points: moons_density(points, ${sd}))`, moonsDensity),
        },
      };

const moonsDensity = `def moons_density(points, sd):
    """Of two moons: the inner one is the outer one turned about (1/2, 1/4)."""
    steps = max(64, math.ceil(2 * math.pi / sd))
    t = math.pi / steps * (np.arange(steps) + 0.5)

    def arc(points):
        found = np.zeros(len(points))
        near = np.abs(np.hypot(points[:, 0], points[:, 1]) - 1) <= ${REACH} * sd

        def f(t):
            return np.exp(-((points[near, :1] - np.cos(t)) ** 2 + (points[near, 1:] - np.sin(t)) ** 2) / (2 * sd**2)).sum(1)

        ends = math.pi / steps / 24 * points[near, 1] / sd**2 * f(np.array([0, math.pi]))
        found[near] = (f(t) - ends) / (steps * 2 * math.pi * sd**2)
        return found

    return (arc(points) + arc(np.array([1, 0.5]) - points)) / 2`;
