import * as z from 'zod';
import { noise } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';
import { moonsTruth } from './moons-truth';

/** Outer (cos t, sin t), inner (1 - cos t, ½ - sin t), t ~ U[0, π]: scikit-learn's make_moons. */
export const twoMoons = defineSource({
  id: 'two-moons',
  title: 'Two moons',
  summary: 'Two interleaving half circles.',
  family: 'Two dimensions',
  options: z.strictObject({ noise: noise(0.1) }),
  ports: () => ({ x: [2], labels: [2] }),
  draw({ noise: sd }, rows, stream) {
    const x = new Float32Array(rows * 2);
    const labels = new Float32Array(rows * 2);
    for (let i = 0; i < x.length; i += 2) {
      const moon = stream.integer(2);
      const t = Math.PI * stream.uniform();
      const [cos, sin] = [Math.cos(t), Math.sin(t)];
      x[i] = (moon === 0 ? cos : 1 - cos) + sd * stream.normal();
      x[i + 1] = (moon === 0 ? sin : 0.5 - sin) + sd * stream.normal();
      labels[i + moon] = 1;
    }
    return { x, labels };
  },
  truth: ({ noise: sd }) => moonsTruth(sd),
  classes: () => ['outer', 'inner'],
  python: ({ noise: sd }) =>
    pythonSource(`moon = rng.integers(2, size=rows)
t = math.pi * rng.random(rows)
x = np.stack([np.where(moon == 0, np.cos(t), 1 - np.cos(t)), np.where(moon == 0, np.sin(t), 0.5 - np.sin(t))], axis=1)
return {"x": x + ${sd} * rng.standard_normal((rows, 2)), "labels": np.eye(2)[moon]}`),
});
