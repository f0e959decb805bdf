import * as z from 'zod';
import { formatShape } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineLoss, type LossArgs, problem, type Tensor, type Tf } from '../define';
import { furtherAt, furtherInputs } from '../network/further-inputs';
import { networkParams } from '../network/network-params';
import { liveParam, param, scheduledCaption } from '../params';
import { expressionAt, shapeAt, tensorAt } from '../ports';

const OWN = ['real', 'fake'];
/** Under the root, so that its slope is finite where the gradient is 0. */
const FLOOR = 1e-12;

const params = z.strictObject({
  ...networkParams({
    network: 'Whose slope is penalised: the critic.',
    input: 'The input in which the gradient is taken.',
    output: 'The output whose gradient is taken; several numbers are summed.',
  }),
  at: param(z.enum(['interpolated', 'real', 'fake']).default('interpolated'), {
    label: 'At',
    help: 'Where: on random points of the lines between real and fake (WGAN-GP), on real data (R1) or on fakes (R2).',
  }),
  target: param(z.number().min(0).max(1000).default(1), {
    label: 'Target t',
    help: 'The length that the gradient should have: 1 for WGAN-GP, 0 for R1.',
    step: 0.1,
  }),
  sided: param(z.enum(['two', 'one']).default('two'), {
    label: 'Sided',
    help: 'Two punishes slopes above and below the target, one only those above.',
  }),
  weight: liveParam(z.number().min(0).max(1e6), 10, {
    label: 'Weight w',
    help: 'How much the penalty counts. For R1 with γ it is γ / 2.',
    step: 0.1,
  }),
  every: param(z.int().min(1).max(1000).default(1), {
    label: 'Every',
    help: 'Counts in each k-th update of its player only, and k times there, which saves time (Karras et al. 2020).',
    unit: 'updates',
    step: 1,
    advanced: true,
  }),
});
type Params = z.output<typeof params>;

/** How far the slope of a network is from a target, on average over examples. */
export const gradientPenalty = defineLoss({
  kind: 'gradient-penalty',
  role: 'loss',
  title: 'Gradient penalty',
  category: 'Losses',
  place: ['game'],
  summary:
    'Holds the slope of a network near a target, which makes a critic’s scores a distance (WGAN-GP, R1).',
  formula:
    'J = w \\, \\overline{\\bigl(\\lVert \\nabla_{\\hat x} f(\\hat x) \\rVert - t\\bigr)^2}, \\quad \\hat x = \\varepsilon x_{real} + (1 - \\varepsilon)\\, x_{fake}',
  source: { label: 'Gulrajani et al. 2017', url: 'https://arxiv.org/abs/1704.00028' },
  aliases: ['wgan-gp', 'r1', 'r2', 'lipschitz', 'regulariser', 'slope'],
  traits: { boundsSlope: true },
  params,
  caption: ({ network, at, weight }) => {
    const times = scheduledCaption(weight);
    return network ? `${network} ${at} × ${times}`.slice(0, 40) : '';
  },
  examples: [
    {
      params: { network: 'D', at: 'real', weight: 1 },
      inputs: { real: [2] },
      outputs: { out: [] },
    },
    {
      params: { network: 'D', at: 'fake', target: 0.5, sided: 'one', weight: 0.5 },
      inputs: { fake: [2, 2, 2] },
      outputs: { out: [] },
    },
    {
      params: { network: 'D', weight: 1 },
      inputs: { real: [3], fake: [3], labels: [2] },
      outputs: { out: [] },
    },
  ],
  inputs: ({ network, input, at }, scope) => [
    side('real', at === 'fake', 'Real data.'),
    side('fake', at === 'real', 'Fakes, G(z).'),
    ...furtherInputs(scope, { network, input }, OWN).map((further) => ({
      name: further,
      type: 'tensor' as const,
      help: `What the network takes as ${further}.`,
    })),
  ],
  outputs: () => [{ name: 'out', type: 'scalar' }],
  infer({ at }, inputs) {
    if (at === 'interpolated') {
      const [real, fake] = [shapeAt(inputs, 'real'), shapeAt(inputs, 'fake')];
      if (real.dims.join() !== fake.dims.join())
        return problem({
          code: 'shape-mismatch',
          port: 'fake',
          message: `Real is ${formatShape(real)} and fake ${formatShape(fake)}; points between them are taken, so they must be alike.`,
          hint: 'Give the generator an output of the data’s shape.',
        });
    }
    return { out: { dims: [], batch: 'one' } };
  },
  differentiable: 2,
  applies: ({ network, input, output }) => ({ network, input, output }),
  draws: ({ at }) => at === 'interpolated',
  evaluate(tf, _, args) {
    const { target, sided, weight, input, every } = args.params;
    if ((args.update ?? 0) % every !== 0) return tf.scalar(0);
    const f = defined(args.apply, 'a network to penalise');
    const x = pointsOf(tf, args);
    const rest = furtherAt(args.inputs, OWN, tensorAt);
    const { grads } = tf.engine().gradients(() => f({ ...rest, [input]: x }), [x], undefined, true);
    const gradient = grads[0] ?? tf.zerosLike(x);
    const axes = x.shape.slice(1).map((_, axis) => axis + 1);
    const norm = tf.sqrt(tf.add(tf.sum(tf.square(gradient), axes), FLOOR)); // [rows]
    const excess = tf.sub(norm, target);
    const times = args.update === undefined ? 1 : every;
    return tf.mul(tf.mean(tf.square(sided === 'one' ? tf.relu(excess) : excess)), weight * times);
  },
  torch: {
    counts: ({ every }) => every > 1,
    forward({ params: { input, at, target, sided, weight, every }, shapes, inputs, apply }) {
      const f = defined(apply, 'a network to penalise');
      const rest = furtherAt(inputs, OWN, expressionAt);
      const score = f({ ...rest, [input]: 'x' });
      const norm = `torch.autograd.grad(${score}.sum(), x, create_graph=True)[0].flatten(1).square().sum(1).add(${FLOOR}).sqrt()`;
      const excess = sided === 'one' ? `F.relu(${norm} - ${target})` : `(${norm} - ${target})`;
      const points = torchPoints(at, inputs, at === 'fake' ? 0 : shapeAt(shapes.inputs, 'real').dims.length);
      const penalty = `(lambda x: ${weight} * ${excess}.square().mean())(${points}.requires_grad_())`;
      if (every === 1) return { out: penalty };
      return { out: `(${every} * ${penalty} if clock.made % ${every} == 0 else torch.zeros(()).to(DEVICE))` };
    },
  },
});

const side = (port: 'real' | 'fake', isOptional: boolean, help: string) => ({
  name: port,
  type: 'tensor' as const,
  help,
  ...(isOptional && { optional: true as const }),
});

/** Where the gradient is taken: x̂ = ε x_real + (1 - ε) x_fake, one ε per example. */
function pointsOf(tf: Tf, { params: { at }, inputs, seed }: LossArgs<Params>): Tensor {
  // A copy: what further inputs get may have been made from the same tensor, and is held.
  if (at !== 'interpolated') return tf.clone(tensorAt(inputs, at));
  const [real, fake] = [tensorAt(inputs, 'real'), tensorAt(inputs, 'fake')];
  const shape = real.shape.map((rows, axis) => (axis === 0 ? rows : 1));
  // tfjs takes seed 0 for "no seed".
  const share = tf.randomUniform(shape, 0, 1, 'float32', seed('interpolation') + 1);
  return tf.add(fake, tf.mul(share, tf.sub(real, fake)));
}

function torchPoints(
  at: Params['at'],
  inputs: { readonly [port: string]: string | readonly string[] },
  rank: number,
): string {
  if (at !== 'interpolated') return `${expressionAt(inputs, at)}.clone()`;
  const [real, fake] = [expressionAt(inputs, 'real'), expressionAt(inputs, 'fake')];
  const ones = Array(rank).fill(1).join(', ');
  return `(lambda e: e * ${real} + (1 - e) * ${fake})(uniform(len(${real}), ${ones}))`;
}
