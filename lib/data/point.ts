import * as z from 'zod';
import { position } from './fields';
import { pythonSource } from './python';
import { defineSource } from './source';

/** δ(x - value): the data of the Dirac-GAN. */
export const point = defineSource({
  id: 'point',
  title: 'Point',
  summary: 'The same number every time: all mass in one point.',
  family: 'One dimension',
  options: z.strictObject({ value: position(0, 'Position', 'Where the mass is.') }),
  ports: () => ({ x: [1] }),
  draw: ({ value }, rows) => ({ x: new Float32Array(rows).fill(value) }),
  truth: () => ({ thin: true }),
  python: ({ value }) => pythonSource(`return {"x": np.full((rows, 1), ${value})}`),
});
