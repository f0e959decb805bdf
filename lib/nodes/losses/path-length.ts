import * as z from 'zod';
import { defined } from '@/lib/util/assert';
import { defineLoss, type Tensor } from '../define';
import { furtherAt, furtherInputs } from '../network/further-inputs';
import { networkParams } from '../network/network-params';
import { liveParam, param, scheduledCaption } from '../params';
import { expressionAt, tensorAt } from '../ports';

const OWN = ['at'];
/** Under the root, so that its slope is finite where the gradient is 0. */
const FLOOR = 1e-12;

/** How far the lengths of Jᵀ y are from their moving mean, J the slope of images in styles and y noise on images. */
export const pathLength = defineLoss({
  kind: 'path-length',
  role: 'loss',
  title: 'Path length',
  category: 'Losses',
  place: ['game'],
  summary:
    'Makes a step in the style change images equally much wherever it starts: a smoother, more even latent space.',
  formula:
    'J = w\\, \\overline{\\bigl(\\lVert J_w^\\top y \\rVert - a\\bigr)^2}, \\quad y \\sim N(0, I / HW), \\quad a \\leftarrow a + \\beta\\, (\\overline{\\lVert J_w^\\top y \\rVert} - a)',
  source: {
    label: 'Karras et al. 2020 (training/loss.py)',
    url: 'https://github.com/NVlabs/stylegan2/blob/master/training/loss.py',
  },
  aliases: ['stylegan', 'perceptual path length', 'ppl', 'jacobian', 'regulariser', 'smooth'],
  params: z.strictObject({
    ...networkParams(
      {
        network: 'Whose images are looked at: a generator.',
        input: 'The input in which the slope is taken: a style.',
        output: 'The images.',
      },
      { input: 'w', output: 'x' },
    ),
    weight: liveParam(z.number().min(0).max(1e6), 2, {
      label: 'Weight w',
      help: 'How much it counts beside the generator’s loss.',
      step: 0.1,
    }),
    decay: param(z.number().gt(0).max(1).default(0.01), {
      label: 'Rate β',
      help: 'How fast the mean length follows: the share of a new one in it.',
      step: 0.01,
    }),
    shrink: param(z.int().min(1).max(1024).default(2), {
      label: 'Share of the batch, 1 in',
      help: 'Of how many examples one is looked at, which saves time: 2 takes half of a batch.',
      step: 1,
    }),
    every: param(z.int().min(1).max(1000).default(1), {
      label: 'Every',
      help: 'Counts in each k-th update of its player only, and k times there: the authors take 4.',
      unit: 'updates',
      step: 1,
      advanced: true,
    }),
  }),
  caption: ({ network, weight }) => (network ? `${network} × ${scheduledCaption(weight)}`.slice(0, 40) : ''),
  examples: [
    { params: { network: 'G' }, inputs: { at: [3] }, outputs: { out: [] } },
    {
      params: { network: 'G', weight: 0.5, decay: 0.5, shrink: 1 },
      inputs: { at: [2], noise: [2, 2, 1] },
      outputs: { out: [] },
    },
  ],
  inputs: ({ network, input }, scope) => [
    { name: 'at', type: 'tensor', help: 'Styles: what a call of the network is fed there.' },
    ...furtherInputs(scope, { network, input }, OWN).map((further) => ({
      name: further,
      type: 'tensor' as const,
      help: `What the network takes as ${further}.`,
    })),
  ],
  outputs: () => [{ name: 'out', type: 'scalar' }],
  infer: () => ({ out: { dims: [], batch: 'one' } }),
  buffers: () => [{ name: 'mean', shape: [1], init: { type: 'constant', value: 0 } }],
  advance: (_, __, ___, { mean }) => ({ mean: mean as Tensor }),
  differentiable: 2,
  applies: ({ network, input, output }) => ({ network, input, output, ports: { at: 'input' } }),
  draws: () => true,
  evaluate(tf, _, { params, inputs, buffers, observe, seed, update, apply }) {
    const { input, weight, decay, shrink, every } = params;
    if ((update ?? 0) % every !== 0) return tf.scalar(0);
    const f = defined(apply, 'a network to look into');
    const part = (x: Tensor) => tf.slice(x, 0, Math.ceil((x.shape[0] as number) / shrink));
    const rest = furtherAt(inputs, OWN, (from, port) => part(tensorAt(from, port)));
    const w = part(tensorAt(inputs, 'at'));
    const projected = () => {
      const x = f({ ...rest, [input]: w });
      const pixels = x.size / ((x.shape[0] as number) * (x.shape.at(-1) as number));
      // tfjs takes seed 0 for "no seed".
      const y = tf.randomNormal(x.shape, 0, 1, 'float32', seed('directions') + 1);
      return tf.mul(tf.sum(tf.mul(x, y)), 1 / Math.sqrt(pixels));
    };
    const { grads } = tf.engine().gradients(projected, [w], undefined, true);
    const slope = tf.reshape(grads[0] ?? tf.zerosLike(w), [w.shape[0] as number, -1]); // [rows, n]
    const lengths = tf.sqrt(tf.add(tf.sum(tf.square(slope), 1), FLOOR)); // [rows]
    const before = buffers?.mean as Tensor;
    const mean = tf.add(before, tf.mul(tf.sub(tf.mean(lengths), before), decay)); // [1]
    observe?.({ mean });
    const times = update === undefined ? 1 : every;
    return tf.mul(tf.mean(tf.square(tf.sub(lengths, mean))), weight * times);
  },
  torch: {
    counts: ({ every }) => every > 1,
    classes: [
      `class PathLength(nn.Module):
    """Lengths near their moving mean, squared. \`advance\` moves the mean by what forward saw first."""

    def __init__(self, decay, shrink):
        super().__init__()
        self.decay, self.shrink, self.seen = decay, shrink, None
        self.register_buffer("mean", torch.zeros(1))

    def forward(self, images, at):
        w = at[: -(-len(at) // self.shrink)]
        w = w if w.requires_grad else w.clone().requires_grad_()
        x = images(w)
        y = normal(*x.shape) / math.sqrt(x[0, 0].numel())
        (slope,) = torch.autograd.grad((x * y).sum(), w, create_graph=True)
        lengths = (slope.flatten(1).square().sum(1) + ${FLOOR}).sqrt()
        mean = self.mean.lerp(lengths.mean(), self.decay)
        if self.seen is None:
            self.seen = mean.detach()
        return (lengths - mean).square().mean()

    @torch.no_grad()
    def advance(self):
        if self.seen is not None:
            self.mean.copy_(averaged([self.seen])[0])
        self.seen = None
`,
    ],
    module: ({ params: { decay, shrink } }) => `PathLength(${decay}, ${shrink})`,
    forward({ params: { input, weight, every }, self, inputs, apply }) {
      const f = defined(apply, 'a network to look into');
      const rest = furtherAt(inputs, OWN, (from, port) => `${expressionAt(from, port)}[: len(w)]`);
      const penalty = `${weight} * ${self}(lambda w: ${f({ ...rest, [input]: 'w' })}, ${expressionAt(inputs, 'at')})`;
      if (every === 1) return { out: penalty };
      return { out: `(${every} * ${penalty} if clock.made % ${every} == 0 else torch.zeros(()).to(DEVICE))` };
    },
    state: { mean: { name: 'mean' } },
  },
});
