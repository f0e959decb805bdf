import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { length, noise } from '../fields';
import { numbered } from '../mixtures/mixture';
import { pythonSource } from '../python';
import { defineSource } from '../source';

/** r = radius √u, angle = 2π · turns √u, the arms turned against each other. */
export const spiral = defineSource({
  id: 'spiral',
  title: 'Spiral',
  summary: 'Arms that wind outwards from the centre.',
  family: 'Two dimensions',
  options: z.strictObject({
    arms: param(z.int().min(1).max(10).default(2), { label: 'Arms', help: 'How many spirals.', step: 1 }),
    turns: param(z.number().min(0).max(10).default(1.25), {
      label: 'Turns',
      help: 'Of each arm, from the centre to its end.',
      step: 0.25,
    }),
    radius: length(1, 'Radius', 'Where the arms end.'),
    noise: noise(0.03),
  }),
  ports: ({ arms }) => (arms > 1 ? { x: [2], labels: [arms] } : { x: [2] }),
  draw({ arms, turns, radius, noise: sd }, rows, stream) {
    const x = new Float32Array(rows * 2);
    const labels = new Float32Array(rows * arms);
    for (let row = 0; row < rows; row++) {
      const arm = stream.integer(arms);
      const t = Math.sqrt(stream.uniform());
      const angle = 2 * Math.PI * (turns * t + arm / arms);
      x[2 * row] = radius * t * Math.cos(angle) + sd * stream.normal();
      x[2 * row + 1] = radius * t * Math.sin(angle) + sd * stream.normal();
      labels[row * arms + arm] = 1;
    }
    return arms > 1 ? { x, labels } : { x };
  },
  classes: ({ arms }) => numbered(arms),
  python: ({ arms, turns, radius, noise: sd }) =>
    pythonSource(`arm = rng.integers(${arms}, size=rows)
t = np.sqrt(rng.random(rows))
angle = 2 * math.pi * (${turns} * t + arm / ${arms})
x = ${radius} * np.stack([t * np.cos(angle), t * np.sin(angle)], axis=1)
x = x + ${sd} * rng.standard_normal((rows, 2))
return ${arms > 1 ? `{"x": x, "labels": np.eye(${arms})[arm]}` : '{"x": x}'}`),
});
