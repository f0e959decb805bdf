import * as z from 'zod';
import { noise } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';

/** t (cos t, sin t) / 7.5 with t = 1.5π (1 + 2u), as in the toy experiments of WGAN-GP. */
export const swissRoll = defineSource({
  id: 'swiss-roll',
  title: 'Swiss roll',
  summary: 'One and a half turns of a spiral.',
  family: 'Two dimensions',
  options: z.strictObject({ noise: noise(0.033) }),
  ports: () => ({ x: [2] }),
  draw({ noise: sd }, rows, stream) {
    const x = new Float32Array(rows * 2);
    for (let i = 0; i < x.length; i += 2) {
      const t = 1.5 * Math.PI * (1 + 2 * stream.uniform());
      x[i] = (t * Math.cos(t)) / 7.5 + sd * stream.normal();
      x[i + 1] = (t * Math.sin(t)) / 7.5 + sd * stream.normal();
    }
    return { x };
  },
  python: ({ noise: sd }) =>
    pythonSource(`t = 1.5 * math.pi * (1 + 2 * rng.random(rows))
x = np.stack([t * np.cos(t), t * np.sin(t)], axis=1) / 7.5
return {"x": x + ${sd} * rng.standard_normal((rows, 2))}`),
});
