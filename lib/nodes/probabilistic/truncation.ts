import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor } from '../define';
import { liveParam, param, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** Training passes through and is followed by a moving mean; samples in eval mode are drawn towards it. */
export const truncation = defineLayer({
  kind: 'truncation',
  role: 'layer',
  title: 'Truncation',
  category: 'Probabilistic',
  place: ['network'],
  summary: 'In eval mode, draws a vector towards its moving mean: better samples that vary less.',
  formula:
    "w' = \\bar w + \\psi\\, (w - \\bar w), \\quad \\bar w \\leftarrow \\beta \\bar w + (1 - \\beta)\\, \\overline{w}_{batch}",
  source: { label: 'Karras et al. 2019 (StyleGAN)', url: 'https://arxiv.org/abs/1812.04948' },
  aliases: ['truncation trick', 'psi', 'mapping', 'style', 'mean latent', 'stylegan'],
  params: z.strictObject({
    truncation: liveParam(z.number().min(-2).max(2), 0.7, {
      label: 'Truncation ψ',
      help: 'The share of the way from the mean to w that is kept: 1 changes nothing, 0 gives the mean itself.',
      step: 0.05,
    }),
    decay: param(z.number().min(0).lt(1).default(0.995), {
      label: 'Decay β',
      help: 'Memory of the moving mean, which every call in train mode moves.',
      step: 0.005,
    }),
  }),
  caption: ({ truncation: psi }) => `ψ ${scheduledCaption(psi)}`,
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { params: { truncation: 0.3, decay: 0.9 }, inputs: { in: [3] }, outputs: { out: [3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    if (input.dims.length !== 1)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Truncation takes a vector, but gets [${input.dims.join(', ')}].`,
        hint: 'Put it behind the last Dense of the mapping network.',
      });
    return { out: input };
  },
  cost: (_, inputs) => 2 * sizeOf(shapeAt(inputs, 'in').dims),
  weights: () => [],
  buffers: (_, inputs) => [
    { name: 'mean', shape: shapeAt(inputs, 'in').dims, init: { type: 'constant', value: 0 } },
  ],
  advance: (tf, { decay }, { mean }, observed) => ({
    mean: tf.add(tf.mul(mean as Tensor, decay), tf.mul(observed.mean as Tensor, 1 - decay)),
  }),
  differentiable: 2,
  apply(tf, { params, buffers, inputs, context }) {
    const w = tensorAt(inputs, 'in');
    if (context.mode === 'train') return { outputs: { out: w }, observed: { mean: tf.mean(w, 0) } };
    const mean = buffers.mean as Tensor;
    return { outputs: { out: tf.add(mean, tf.mul(tf.sub(w, mean), params.truncation)) } };
  },
  torch: {
    classes: [
      `class Truncation(nn.Module):
    """In eval mode w is drawn towards its moving mean, which calls in train mode move."""

    def __init__(self, size, momentum):
        super().__init__()
        self.momentum, self.track_running_stats = momentum, True
        self.register_buffer("running_mean", torch.zeros(size))
        self.register_buffer("running_var", torch.ones(size), persistent=False)  # moved with the mean, not used

    def forward(self, w, psi):
        return w if self.training else self.running_mean + psi * (w - self.running_mean)
`,
    ],
    module: ({ params: { decay }, shapes }) =>
      `Truncation(${shapeAt(shapes.inputs, 'in').dims[0]}, momentum=${Number((1 - decay).toPrecision(12))})`,
    forward: ({ self, params, inputs }) => ({
      out: `${self}(${expressionAt(inputs, 'in')}, ${valueAt(params.truncation, 0)})`,
    }),
    state: { mean: { name: 'running_mean' } },
  },
});
