import * as z from 'zod';
import { deviation, length } from '../fields';
import { pythonExpression, pythonSource } from '../python';
import { defineSource } from '../source';
import { normalDensity } from '../truth';

/** Uniform angle, radius N(inner, sd²) or N(outer, sd²), half each. */
export const twoRings = defineSource({
  id: 'two-rings',
  title: 'Two rings',
  summary: 'A ring inside a ring.',
  family: 'Two dimensions',
  options: z.strictObject({
    inner: length(0.5, 'Inner radius', 'Of the first ring.'),
    outer: length(1, 'Outer radius', 'Of the second ring.'),
    sd: deviation(0.05, 'Of the radius.'),
  }),
  ports: () => ({ x: [2], labels: [2] }),
  draw({ inner, outer, sd }, rows, stream) {
    const x = new Float32Array(rows * 2);
    const labels = new Float32Array(rows * 2);
    for (let i = 0; i < x.length; i += 2) {
      const which = stream.integer(2);
      const angle = 2 * Math.PI * stream.uniform();
      const radius = (which === 0 ? inner : outer) + sd * stream.normal();
      x[i] = radius * Math.cos(angle);
      x[i + 1] = radius * Math.sin(angle);
      labels[i + which] = 1;
    }
    return { x, labels };
  },
  truth: ({ inner, outer, sd }) => ({
    // p = (f(r) + f(-r)) / 2πr, f the density of the signed radius
    density([x = 0, y = 0]) {
      const r = Math.max(Math.hypot(x, y), 1e-12);
      const f = (radius: number) =>
        (normalDensity((radius - inner) / sd) + normalDensity((radius - outer) / sd)) / (2 * sd);
      return (f(r) + f(-r)) / (2 * Math.PI * r);
    },
    python: {
      density: pythonExpression(
        `(lambda points: rings_density(points, ${inner}, ${outer}, ${sd}))`,
        ringsDensity,
      ),
    },
  }),
  classes: () => ['inner', 'outer'],
  python: ({ inner, outer, sd }) =>
    pythonSource(`which = rng.integers(2, size=rows)
angle = 2 * math.pi * rng.random(rows)
radius = np.array([${inner}, ${outer}])[which] + ${sd} * rng.standard_normal(rows)
x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
return {"x": x, "labels": np.eye(2)[which]}`),
});

const ringsDensity = `def rings_density(points, inner, outer, sd):
    """Of two rings, by the density of the signed radius."""
    r = np.maximum(np.hypot(points[:, 0], points[:, 1]), 1e-12)

    def along(radius):
        return sum(np.exp(-0.5 * ((radius - each) / sd) ** 2) for each in (inner, outer)) / (2 * sd * math.sqrt(2 * math.pi))

    return (along(r) + along(-r)) / (2 * math.pi * r)`;
