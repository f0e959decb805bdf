import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { deviation, length } from '../fields';
import { normalCumulative } from '../normal-cumulative';
import { pythonExpression, pythonSource } from '../python';
import { defineSource } from '../source';
import { normalDensity } from '../truth';

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** A segment through the origin, uniform along it, Gaussian around it. */
export const line = defineSource({
  id: 'line',
  title: 'Line',
  summary: 'A straight segment through the origin.',
  family: 'Two dimensions',
  options: z.strictObject({
    length: length(2, 'Length', 'From end to end.'),
    angle: param(z.number().min(-360).max(360).default(30), {
      label: 'Angle',
      help: 'Against the x axis.',
      unit: '°',
      step: 5,
    }),
    sd: deviation(0.02, 'Blur around the segment.'),
  }),
  ports: () => ({ x: [2] }),
  draw({ length: extent, angle, sd }, rows, stream) {
    const x = new Float32Array(rows * 2);
    const [cos, sin] = [Math.cos(radians(angle)), Math.sin(radians(angle))];
    for (let i = 0; i < x.length; i += 2) {
      const t = extent * (stream.uniform() - 0.5);
      x[i] = t * cos + sd * stream.normal();
      x[i + 1] = t * sin + sd * stream.normal();
    }
    return { x };
  },
  truth: ({ length: extent, angle, sd }) => ({
    // p = (Φ((t + L/2)/sd) - Φ((t - L/2)/sd)) / L · N(n; 0, sd²), t along, n across
    density([x = 0, y = 0]) {
      const [cos, sin] = [Math.cos(radians(angle)), Math.sin(radians(angle))];
      const along = x * cos + y * sin;
      const across = y * cos - x * sin;
      const share = normalCumulative((along + extent / 2) / sd) - normalCumulative((along - extent / 2) / sd);
      return ((share / extent) * normalDensity(across / sd)) / sd;
    },
    python: {
      density: pythonExpression(
        `(lambda points: line_density(points, ${extent}, math.radians(${angle}), ${sd}))`,
        lineDensity,
      ),
    },
  }),
  python: ({ length: extent, angle, sd }) =>
    pythonSource(`angle = math.radians(${angle})
t = ${extent} * (rng.random(rows) - 0.5)
x = np.stack([t * math.cos(angle), t * math.sin(angle)], axis=1)
return {"x": x + ${sd} * rng.standard_normal((rows, 2))}`),
});

const lineDensity = `def line_density(points, length, angle, sd):
    """Of a segment through the origin: uniform along it, Gaussian across."""
    along = points @ [math.cos(angle), math.sin(angle)]
    across = points @ [-math.sin(angle), math.cos(angle)]
    error = np.vectorize(math.erf, otypes=[float])
    share = [error((along + end) / (sd * math.sqrt(2))) / 2 for end in (length / 2, -length / 2)]
    return (share[0] - share[1]) / length * np.exp(-0.5 * (across / sd) ** 2) / (math.sqrt(2 * math.pi) * sd)`;
