import * as z from 'zod';
import { defineLoss, type Tensor } from '../define';
import { liveParam, param, scheduledCaption } from '../params';
import { expressionAt, tensorAt } from '../ports';
import { scalar, scalarOut } from './two';

/** Below any sum of ones. */
const FLOOR = 1e-12;

/**
 * The averages are those of earlier updates: sums of real scores, fake scores and ones that fade alike, of which
 * the first two are divided by the third. Before there are any the loss is 0.
 */
export const lecam = defineLoss({
  kind: 'lecam',
  role: 'loss',
  title: 'LeCam regulariser',
  category: 'Losses',
  place: ['game'],
  summary:
    'Holds a discriminator’s scores of real data near its average score of fakes, and the reverse: for little data.',
  formula:
    'J = w \\left( \\overline{\\operatorname{relu}(a_{real} - \\alpha_{fake})^2} + \\overline{\\operatorname{relu}(\\alpha_{real} - a_{fake})^2} \\right)',
  source: {
    label: 'Tseng et al. 2021 (losses.py)',
    url: 'https://github.com/google/lecam-gan/blob/master/biggan_cifar/losses.py',
  },
  aliases: ['regularisation', 'limited data', 'overfitting', 'le cam', 'anchor'],
  params: z.strictObject({
    weight: liveParam(z.number().min(0).max(1e6), 0.3, {
      label: 'Weight w',
      help: 'How much it counts beside the discriminator’s loss.',
      step: 0.05,
    }),
    decay: param(z.number().min(0).lt(1).default(0.99), {
      label: 'Decay',
      help: 'Memory of the average scores.',
      step: 0.01,
    }),
  }),
  caption: ({ weight }) => `× ${scheduledCaption(weight)}`,
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: { out: [] } },
    { params: { weight: 2, decay: 0.5 }, inputs: { real: [2, 2, 1], fake: [2, 2, 1] }, outputs: { out: [] } },
  ],
  inputs: () => [
    { name: 'real', type: 'tensor', help: 'Scores of real data, as they are.' },
    { name: 'fake', type: 'tensor', help: 'Scores of fakes.' },
  ],
  outputs: scalarOut,
  infer: () => ({ out: scalar }),
  buffers: () => [{ name: 'sums', shape: [3], init: { type: 'constant', value: 0 } }],
  advance: (tf, { decay }, { sums }, { batch }) => ({
    sums: tf.add(tf.mul(sums as Tensor, decay), tf.mul(batch as Tensor, 1 - decay)),
  }),
  differentiable: 2,
  evaluate(tf, _, { params: { weight }, inputs, buffers, observe }) {
    const [real, fake] = [tensorAt(inputs, 'real'), tensorAt(inputs, 'fake')];
    observe?.({ batch: tf.stack([tf.mean(real), tf.mean(fake), tf.scalar(1)]) });
    const [reals, fakes, ones] = tf.unstack(buffers?.sums as Tensor) as [Tensor, Tensor, Tensor];
    const some = tf.maximum(ones, FLOOR);
    const above = (over: Tensor, under: Tensor) => tf.mean(tf.square(tf.relu(tf.sub(over, under))));
    const both = tf.add(above(real, tf.div(fakes, some)), above(tf.div(reals, some), fake));
    return tf.mul(both, tf.mul(tf.step(ones), weight));
  },
  torch: {
    classes: [
      `class LeCam(nn.Module):
    """Scores held near the average of the other side. \`advance\` moves the averages by what forward saw first."""

    def __init__(self, decay):
        super().__init__()
        self.decay, self.seen = decay, None
        self.register_buffer("sums", torch.zeros(3))  # of real scores, fake scores and ones

    def forward(self, real, fake):
        if self.seen is None:
            self.seen = torch.stack([real.mean(), fake.mean(), torch.ones_like(real.mean())]).detach()
        reals, fakes, ones = self.sums
        some = ones.clamp(min=${FLOOR})
        both = F.relu(real - fakes / some).square().mean() + F.relu(reals / some - fake).square().mean()
        return both * (ones > 0)

    @torch.no_grad()
    def advance(self):
        if self.seen is not None:
            self.sums.lerp_(averaged([self.seen])[0], 1 - self.decay)
        self.seen = None
`,
    ],
    module: ({ params: { decay } }) => `LeCam(${decay})`,
    forward: ({ params: { weight }, self, inputs }) => ({
      out: `${weight} * ${self}(${expressionAt(inputs, 'real')}, ${expressionAt(inputs, 'fake')})`,
    }),
    state: { sums: { name: 'sums' } },
  },
});
