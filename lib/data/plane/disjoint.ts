import * as z from 'zod';
import { position } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';

/** (θ, Z), Z ~ U[0, 1]: two of them with different θ share no point, yet are |θ₁ - θ₂| apart in W₁. */
export const disjoint = defineSource({
  id: 'disjoint',
  title: 'Disjoint supports',
  summary: 'An upright segment at x = θ: two of them never overlap.',
  family: 'Two dimensions',
  options: z.strictObject({ offset: position(0, 'Offset θ', 'The x of the segment.') }),
  ports: () => ({ x: [2] }),
  draw({ offset }, rows, stream) {
    const x = new Float32Array(rows * 2);
    for (let i = 0; i < x.length; i += 2) {
      x[i] = offset;
      x[i + 1] = stream.uniform();
    }
    return { x };
  },
  truth: () => ({ thin: true }),
  python: ({ offset }) =>
    pythonSource(`return {"x": np.stack([np.full(rows, ${offset}), rng.random(rows)], axis=1)}`),
});
