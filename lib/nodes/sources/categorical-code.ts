import * as z from 'zod';
import { pythonSource } from '@/lib/data/python';
import { shape } from '@/lib/shapes/shape';
import { defineSource } from '../define';
import { param } from '../params';

export const categoricalCode = defineSource({
  kind: 'categorical-code',
  role: 'source',
  signs: { out: 'c' },
  title: 'Categorical code',
  category: 'Sources',
  place: ['game'],
  summary:
    'Draws a class with equal chances, one-hot: the class that a generator should make, or a code to recover.',
  formula: 'c \\sim \\operatorname{Cat}(K, 1/K)',
  source: { label: 'Chen et al. 2016 (InfoGAN)', url: 'https://arxiv.org/abs/1606.03657' },
  aliases: ['class', 'label', 'one-hot', 'infogan', 'condition'],
  traits: { noise: true },
  params: z.strictObject({
    classes: param(z.int().min(1).max(4_096).default(10), {
      label: 'Classes K',
      help: 'How many there are; as many numbers come out.',
      step: 1,
    }),
  }),
  caption: ({ classes }) => `${classes} classes`,
  examples: [
    { inputs: {}, outputs: { out: [10] } },
    { params: { classes: 3 }, inputs: {}, outputs: { out: [3] } },
  ],
  inputs: () => [],
  outputs: () => [{ name: 'out', type: 'tensor' }],
  infer: ({ classes }) => ({ out: shape([classes]) }),
  draw({ classes }, { rows, stream }) {
    const random = stream('class');
    const out = new Float32Array(rows * classes);
    for (let row = 0; row < rows; row++) out[row * classes + random.integer(classes)] = 1;
    return { out };
  },
  python: ({ classes }) =>
    pythonSource(`return {"out": np.eye(${classes})[rng.integers(${classes}, size=rows)]}`),
});
