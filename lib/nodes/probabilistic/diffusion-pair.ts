import * as z from 'zod';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn } from '../ports';
import { chainArguments, chainParams, diffusionTorch, keptAt, mixed } from './diffusion';

/** One step of a diffusion, at a random time of each example: what D is shown of real data, with what G starts from. */
export const diffusionPair = defineOp({
  kind: 'diffusion-pair',
  role: 'op',
  title: 'Diffusion pair',
  category: 'Probabilistic',
  place: ['game'],
  summary:
    'Blurs data by noise up to a random step t, and one step less: the pair that a denoising diffusion GAN learns to go back over.',
  formula:
    "t \\sim U\\{1..T\\}, \\quad x_{t-1} = \\sqrt{\\bar\\alpha_{t-1}}\\, x_0 + \\sqrt{1 - \\bar\\alpha_{t-1}}\\, \\varepsilon, \\quad x_t = \\sqrt{\\alpha_t}\\, x_{t-1} + \\sqrt{1 - \\alpha_t}\\, \\varepsilon'",
  source: { label: 'Xiao et al. 2022 (DDGAN)', url: 'https://arxiv.org/abs/2112.07804' },
  aliases: ['diffusion', 'ddgan', 'forward process', 'noise', 'denoising', 'random'],
  traits: { blurs: true },
  params: z.strictObject(chainParams),
  caption: ({ steps }) => `T ${steps}`,
  examples: [
    { inputs: { in: [2] }, outputs: { before: [2], after: [2], t: [1] } },
    {
      params: { steps: 2, betaStart: 0.5, betaEnd: 3 },
      inputs: { in: [2, 3, 1] },
      outputs: { before: [2, 3, 1], after: [2, 3, 1], t: [1] },
    },
  ],
  inputs: tensorIn,
  outputs: () => [
    { name: 'before', type: 'tensor', help: 'x at t - 1, what comes out of the step back.' },
    { name: 'after', type: 'tensor', help: 'x at t, what goes into it.' },
    { name: 't', type: 'tensor', help: 'The step, 1 to T: one number for each example.' },
  ],
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    return { before: input, after: input, t: shape([1], input.batch) };
  },
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  random: true,
  apply(tf, { params, inputs, context }) {
    const x = tensorAt(inputs, 'in');
    const rows = x.shape[0] as number;
    if (context.mode === 'eval') return { outputs: { before: x, after: x, t: tf.zeros([rows, 1]) } };
    // tfjs takes seed 0 for "no seed".
    const share = tf.randomUniform([rows, 1], 0, 1, 'float32', context.seed('step') + 1);
    const t = tf.add(tf.minimum(tf.floor(tf.mul(share, params.steps)), params.steps - 1), 1);
    const noise = (purpose: string) => tf.randomNormal(x.shape, 0, 1, 'float32', context.seed(purpose) + 1);
    const first = keptAt(tf, tf.sub(t, 1), params);
    const kept = tf.div(keptAt(tf, t, params), first); // α_t
    const before = mixed(tf, [first, x], [tf.sub(1, first), noise('before')]);
    const after = mixed(tf, [kept, before], [tf.sub(1, kept), noise('after')]);
    return { outputs: { before, after, t } };
  },
  torch: {
    classes: [
      ...diffusionTorch,
      `def diffusion_pair(x, steps, start, end, training):
    """x at a random step of the chain less one, at that step, and the step."""
    if not training:
        return x, x, torch.zeros(len(x), 1).to(x)
    t = (uniform(len(x), 1) * steps).floor().clamp(max=steps - 1) + 1
    first = kept_at(t - 1, steps, start, end)
    kept = kept_at(t, steps, start, end) / first
    before = mixed(first, x, 1 - first, normal(*x.shape))
    return before, mixed(kept, before, 1 - kept, normal(*x.shape)), t
`,
    ],
    shared: ({ params, inputs }) =>
      `diffusion_pair(${expressionAt(inputs, 'in')}, ${chainArguments(params)}, self.training)`,
    forward: ({ shared }) => ({ before: `${shared}[0]`, after: `${shared}[1]`, t: `${shared}[2]` }),
  },
});
