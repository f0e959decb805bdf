import * as z from 'zod';
import { formatDims, sameDims, sizeOf } from '@/lib/shapes/shape';
import { defineOp, problem, type Tensor } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorOut } from '../ports';
import { chainArguments, chainParams, diffusionTorch, keptAt, mixed } from './diffusion';

/** x_{t-1} given x_t and a guess of x₀; at t = 1 it is the guess. */
export const posterior = defineOp({
  kind: 'posterior',
  role: 'op',
  title: 'Posterior',
  category: 'Probabilistic',
  place: ['game'],
  summary:
    'One step of a diffusion back: what x may have been before its last noise, if it began as a generator says.',
  formula:
    'x_{t-1} \\sim N\\!\\left( \\tfrac{\\sqrt{\\bar\\alpha_{t-1}}\\, \\beta_t}{1 - \\bar\\alpha_t} x_0 + \\tfrac{\\sqrt{\\alpha_t}\\, (1 - \\bar\\alpha_{t-1})}{1 - \\bar\\alpha_t} x_t,\\; \\tfrac{1 - \\bar\\alpha_{t-1}}{1 - \\bar\\alpha_t} \\beta_t I \\right)',
  source: { label: 'Ho et al. 2020, equation 7', url: 'https://arxiv.org/abs/2006.11239' },
  aliases: ['diffusion', 'ddgan', 'ddpm', 'denoising', 'reverse process', 'sample', 'random'],
  params: z.strictObject(chainParams),
  caption: ({ steps }) => `T ${steps}`,
  examples: [
    { inputs: { in: [2], start: [2], t: [1] }, outputs: { out: [2] }, within: [1.2, 3.8] },
    {
      params: { steps: 3, betaStart: 0.5, betaEnd: 3 },
      inputs: { in: [2, 2, 1], start: [2, 2, 1], t: [1] },
      outputs: { out: [2, 2, 1] },
      within: [1.2, 2.8],
    },
  ],
  inputs: () => [
    { name: 'in', type: 'tensor', help: 'x at t.' },
    { name: 'start', type: 'tensor', help: 'What x began as: the generator’s guess of the data.' },
    { name: 't', type: 'tensor', constant: true, help: 'The step, 1 to T: one number for each example.' },
  ],
  outputs: tensorOut,
  infer(_, inputs) {
    const [input, start, t] = [shapeAt(inputs, 'in'), shapeAt(inputs, 'start'), shapeAt(inputs, 't')];
    if (!sameDims(input.dims, start.dims))
      return problem({
        code: 'shape-mismatch',
        port: 'start',
        message: `Posterior gets ${formatDims(input.dims)} as x and ${formatDims(start.dims)} as what it began as; they must be alike.`,
        hint: 'Give the generator an output of the data’s shape.',
      });
    if (sizeOf(t.dims) !== 1)
      return problem({
        code: 'shape-mismatch',
        port: 't',
        message: `A step is one number for each example, but this is ${formatDims(t.dims)}.`,
        hint: 'Wire in t of a Diffusion pair, or a Constant.',
      });
    return { out: input };
  },
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'in').dims),
  differentiable: 2,
  random: true,
  apply(tf, { params, inputs, context }) {
    const [x, start] = [tensorAt(inputs, 'in'), tensorAt(inputs, 'start')];
    const t = tf.reshape(tensorAt(inputs, 't'), [x.shape[0] as number, 1]);
    const [before, after] = [keptAt(tf, tf.sub(t, 1), params), keptAt(tf, t, params)];
    const [wasNoise, isNoise] = [tf.sub(1, before), tf.sub(1, after)];
    const kept = tf.div(after, before); // α_t
    const beta = tf.sub(1, kept);
    const towards = tf.div(tf.mul(before, tf.square(beta)), tf.square(isNoise));
    const stays = tf.div(tf.mul(kept, tf.square(wasNoise)), tf.square(isNoise));
    const mean = mixed(tf, [towards, start], [stays, x]);
    if (context.mode === 'eval') return { outputs: { out: mean } };
    // tfjs takes seed 0 for "no seed".
    const noise = tf.randomNormal(x.shape, 0, 1, 'float32', context.seed('noise') + 1);
    const variance = tf.div(tf.mul(wasNoise, beta), isNoise);
    return { outputs: { out: mixed(tf, [tf.onesLike(t), mean], [variance, noise as Tensor]) } };
  },
  torch: {
    classes: [
      ...diffusionTorch,
      `def posterior(x, guess, t, steps, start, end, training):
    """x one step of the chain earlier, given what it began as; without noise where not in training."""
    t = t.view(-1, 1)
    before, after = kept_at(t - 1, steps, start, end), kept_at(t, steps, start, end)
    kept = after / before
    beta = 1 - kept
    towards, stays = before * (beta / (1 - after)).square(), kept * ((1 - before) / (1 - after)).square()
    mean = mixed(towards, guess, stays, x)
    if not training:
        return mean
    return mixed(torch.ones_like(t), mean, (1 - before) * beta / (1 - after), normal(*x.shape))
`,
    ],
    forward: ({ params, inputs }) => ({
      out: `posterior(${['in', 'start', 't'].map((port) => expressionAt(inputs, port)).join(', ')}, ${chainArguments(params)}, self.training)`,
    }),
  },
});
