import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineLayer, type Tensor } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { imageProblem } from './image';

/** [H, W, C] plus one number per pixel, the same in every channel, times a trained strength. */
export const noise = defineLayer({
  kind: 'noise',
  role: 'layer',
  title: 'Noise',
  category: 'Layers',
  place: ['network'],
  summary:
    'In training, adds noise to every pixel as strongly as it learns to: detail that no latent decides.',
  formula: 'y_{ijc} = x_{ijc} + w\\, \\varepsilon_{ij}, \\quad \\varepsilon \\sim N(0, 1),\\; w_0 = 0',
  source: {
    label: 'Karras et al. 2020 (networks_stylegan2.py)',
    url: 'https://github.com/NVlabs/stylegan2/blob/master/training/networks_stylegan2.py',
  },
  aliases: ['stylegan', 'random', 'stochastic', 'detail', 'per pixel'],
  traits: { keepsValues: true },
  params: z.strictObject({}),
  examples: [
    { inputs: { in: [2, 3, 2] }, outputs: { out: [2, 3, 2] } },
    { inputs: { in: [1, 1, 3] }, outputs: { out: [1, 1, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    return imageProblem('Noise', input) ?? { out: input };
  },
  cost: (_, inputs) => sizeOf(shapeAt(inputs, 'in').dims),
  weights: () => [{ name: 'strength', shape: [1], init: { type: 'constant', value: 0 } }],
  differentiable: 2,
  random: true,
  apply(tf, { weights: { strength }, inputs, context }) {
    const x = tensorAt(inputs, 'in');
    const perPixel = [...x.shape.slice(0, -1), 1]; // [rows, H, W, 1]
    // tfjs takes seed 0 for "no seed".
    const drawn =
      context.mode === 'eval'
        ? tf.zeros(perPixel)
        : tf.randomNormal(perPixel, 0, 1, 'float32', context.seed('noise') + 1);
    return { outputs: { out: tf.add(x, tf.mul(drawn, strength as Tensor)) } };
  },
  torch: {
    classes: [
      `def noisy(x, strength, training):
    """x + strength * noise, one number per pixel, in training."""
    return x + strength * (normal(len(x), 1, *x.shape[2:]) if training else torch.zeros_like(x))
`,
    ],
    module: () => `nn.ParameterDict({'strength': nn.Parameter(torch.zeros(1))})`,
    forward: ({ self, inputs }) => ({
      out: `noisy(${expressionAt(inputs, 'in')}, ${self}['strength'], self.training)`,
    }),
    state: { strength: { name: 'strength' } },
  },
});
