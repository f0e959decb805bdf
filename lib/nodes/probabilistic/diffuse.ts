import * as z from 'zod';
import { formatDims, sameDims, shape, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineOp, type InputPort, problem, type Tensor, type Tf } from '../define';
import { adaptiveStrength, moveStrength, observeSigns, strengthBuffers } from '../network/adaptive-strength';
import { furtherAt, furtherInputs } from '../network/further-inputs';
import { networkParams } from '../network/network-params';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { diffusionTorch, mixed } from './diffusion';

const OWN = ['real', 'fake'];
/** The input by which the network learns how much noise there is. */
const TIME = 't';

const params = z.strictObject({
  ...networkParams({
    network:
      'Whose scores of real data say how long the chain is: a discriminator. An input t of it is fed the step.',
    input: 'Its input of data.',
    output: 'Its score, a logit: above 0 is real.',
  }),
  least: param(z.int().min(1).max(10_000).default(10), {
    label: 'Fewest steps',
    help: 'Length of the chain at the start.',
    step: 1,
  }),
  most: param(z.int().min(1).max(10_000).default(1_000), {
    label: 'Most steps',
    help: 'Length that it never exceeds.',
    step: 10,
  }),
  betaStart: param(z.number().min(1e-6).max(0.5).default(1e-4), {
    label: 'β of the first step',
    help: 'How much of the variance of the data is lost there.',
    step: 1e-4,
  }),
  betaEnd: param(z.number().min(1e-6).max(0.5).default(2e-2), {
    label: 'β of the last step',
    help: 'How much is lost there; between them it grows along a line.',
    step: 1e-3,
  }),
  sd: param(z.number().min(0).max(100).default(0.05), {
    label: 'Deviation σ of the noise',
    help: 'As much as makes real and fake overlap: the authors take 0.05 for images of -1 to 1.',
    step: 0.05,
  }),
  target: param(z.number().min(-1).max(1).default(0.6), {
    label: 'Target r',
    help: 'Of the mean sign of the scores of real data: the chain grows above it and shrinks below.',
    step: 0.05,
  }),
  examples: param(z.int().min(1).max(1e9).default(100_000), {
    label: 'Examples n',
    help: 'Real examples that are shown, in updates of either player, while the chain grows from fewest to most.',
    step: 1_000,
  }),
});
type Params = z.output<typeof params>;

/**
 * Real and fake blurred alike, half of them not at all and the others up to a random step of a chain that is longer the
 * surer D is of real data. Late steps are drawn more often. Gradients pass through the blur, not through what decides.
 */
export const diffuse = defineOp({
  kind: 'diffuse',
  role: 'op',
  title: 'Diffuse',
  category: 'Probabilistic',
  place: ['game'],
  summary:
    'Adds diffusion noise to real and fake, more the surer a discriminator is: they overlap, and its slope leads somewhere.',
  formula:
    'y = \\sqrt{\\bar\\alpha_t}\\, x + \\sqrt{1 - \\bar\\alpha_t}\\, \\sigma \\varepsilon, \\quad T \\leftarrow T + \\tfrac{N}{n} (T_{max} - T_{min}) \\operatorname{sign}(r_t - r)',
  source: {
    label: 'Wang et al. 2023 (Diffusion-GAN)',
    url: 'https://github.com/Zhendong-Wang/Diffusion-GAN/blob/main/diffusion-stylegan2/training/diffusion.py',
  },
  aliases: ['diffusion gan', 'instance noise', 'adaptive', 'ada', 'overlap', 'random'],
  traits: { blurs: true },
  params,
  caption: ({ network, most }) => `${network ? `${network} · ` : ''}T ≤ ${most}`.slice(0, 40),
  examples: [
    {
      params: { network: 'D', least: 2, most: 4, betaEnd: 0.5, sd: 1 },
      inputs: { real: [2], fake: [2] },
      outputs: { real: [2], fake: [2], t: [1] },
    },
    {
      params: { network: 'D', least: 1, most: 6, betaStart: 0.1, betaEnd: 0.4, sd: 0.5 },
      inputs: { real: [2, 2, 1], fake: [2, 2, 1] },
      outputs: { real: [2, 2, 1], fake: [2, 2, 1], t: [1] },
    },
  ],
  inputs: ({ network, input }, scope): readonly InputPort[] => [
    { name: 'real', type: 'tensor', help: 'Data.' },
    { name: 'fake', type: 'tensor', help: 'What the generator makes.' },
    ...furtherInputs(scope, { network, input }, OWN)
      .filter((further) => further !== TIME)
      .map((further) => ({
        name: further,
        type: 'tensor' as const,
        constant: true as const,
        help: `What the network takes as ${further}, of the real examples.`,
      })),
  ],
  outputs: () => [
    { name: 'real', type: 'tensor', needs: ['real'], help: 'The data, blurred in training.' },
    { name: 'fake', type: 'tensor', needs: ['fake'], help: 'The fakes, blurred as much.' },
    { name: 't', type: 'tensor', needs: [], help: 'By how many steps: one number for each example.' },
  ],
  infer({ least, most }, inputs) {
    const [real, fake] = [shapeAt(inputs, 'real'), shapeAt(inputs, 'fake')];
    if (least > most)
      return problem({
        code: 'param-conflict',
        message: `The chain begins with ${least} steps and never exceeds ${most}.`,
        fix: { label: `Begin with ${most}`, params: { least: most } },
      });
    if (!sameDims(real.dims, fake.dims))
      return problem({
        code: 'shape-mismatch',
        port: 'fake',
        message: `Real is ${formatDims(real.dims)} and fake ${formatDims(fake.dims)}; they are blurred alike, so they must be of one shape.`,
        hint: 'Give the generator an output of the data’s shape.',
      });
    return { real, fake, t: shape([1], real.batch) };
  },
  cost: (_, inputs) => 4 * sizeOf(shapeAt(inputs, 'real').dims),
  applies: ({ network, input, output }) => ({
    network,
    input,
    output,
    ports: { real: 'input', fake: 'input' },
    ownShapes: true,
    passes: 1,
  }),
  differentiable: 2,
  random: true,
  buffers: strengthBuffers,
  apply(tf, { params: given, inputs, buffers, context, applied }) {
    const [real, fake] = [tensorAt(inputs, 'real'), tensorAt(inputs, 'fake')];
    const rows = real.shape[0] as number;
    if (context.mode === 'eval') return { outputs: { real, fake, t: tf.zeros([rows, 1]) } };
    const { least, most, sd } = given;
    const length = tf.round(tf.add(tf.mul(buffers.p as Tensor, most - least), least)); // [1]
    // tfjs takes seed 0 for "no seed".
    const drawn = tf.randomUniform([rows, 1], 0, 1, 'float32', context.seed('step') + 1);
    const t = tf.ceil(tf.mul(length, tf.sqrt(tf.relu(tf.sub(tf.mul(drawn, 2), 1)))));
    const kept = keptOf(tf, t, length, given);
    const blurred = (x: Tensor, purpose: string) => {
      const noise = tf.randomNormal(x.shape, 0, 1, 'float32', context.seed(purpose) + 1);
      return mixed(tf, [kept, x], [tf.mul(tf.sub(1, kept), sd ** 2), noise]);
    };
    const shown = blurred(real, 'real');
    const { f } = defined(applied, 'a network to look into');
    const rest = furtherAt(inputs, OWN, tensorAt);
    const observed = observeSigns(tf, rows, () => f({ ...rest, [TIME]: t, [given.input]: shown }));
    return { outputs: { real: shown, fake: blurred(fake, 'fake'), t }, observed };
  },
  advance: (tf, { target, examples: count }, buffers, observed) =>
    moveStrength(tf, { target, count }, buffers, observed),
  torch: {
    classes: [
      ...diffusionTorch,
      adaptiveStrength,
      `class Diffuse(AdaptiveStrength):
    """Real and fake blurred up to a step of a chain, whose length p says."""

    def __init__(self, least, most, start, end, sd, target, examples):
        super().__init__(target, examples)
        self.least, self.most, self.start, self.end, self.sd = least, most, start, end, sd

    def forward(self, real, fake, score):
        if not self.training:
            return real, fake, torch.zeros(len(real), 1).to(real)
        length = (self.p * (self.most - self.least) + self.least).round()
        t = (length * (2 * uniform(len(real), 1) - 1).clamp(min=0).sqrt()).ceil()
        lost = t * self.start + t * (t - 1) * (self.end - self.start) / (2 * (length - 1).clamp(min=1))
        kept = torch.exp(-lost)
        real = mixed(kept, real, (1 - kept) * self.sd**2, normal(*real.shape))
        self.see(lambda: score(real, t), len(real))
        return real, mixed(kept, fake, (1 - kept) * self.sd**2, normal(*fake.shape)), t
`,
    ],
    module: ({ params: { least, most, betaStart, betaEnd, sd, target, examples: count } }) =>
      `Diffuse(${[least, most, betaStart, betaEnd, sd, target, count].join(', ')})`,
    shared({ params: { input }, self, inputs, apply }) {
      const rest = furtherAt(inputs, OWN, expressionAt);
      const score = defined(apply, 'a network to look into')({ ...rest, [TIME]: 't', [input]: 'x' });
      return `${self}(${expressionAt(inputs, 'real')}, ${expressionAt(inputs, 'fake')}, lambda x, t: ${score})`;
    },
    forward: ({ shared }) => ({ real: `${shared}[0]`, fake: `${shared}[1]`, t: `${shared}[2]` }),
    state: { p: { name: 'p' } },
  },
});

/** ᾱ_t = exp(-Σ β) over the first t steps of a chain, β from start to end along its length. */
function keptOf(tf: Tf, t: Tensor, length: Tensor, { betaStart, betaEnd }: Params): Tensor {
  const grown = tf.div(
    tf.mul(tf.mul(t, tf.sub(t, 1)), (betaEnd - betaStart) / 2),
    tf.maximum(tf.sub(length, 1), 1),
  );
  return tf.exp(tf.neg(tf.add(tf.mul(t, betaStart), grown)));
}
