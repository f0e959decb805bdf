import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineOp, type InputPort, type Tensor } from '../define';
import { adaptiveStrength, moveStrength, observeSigns, strengthBuffers } from '../network/adaptive-strength';
import { furtherAt, furtherInputs } from '../network/further-inputs';
import { networkParams } from '../network/network-params';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { changeArguments, changedImages, changeImages, changeParams, leavesNothing } from './change-images';
import { imageProblem } from './image';

const OWN = ['real', 'fake'];

/**
 * Real and fake changed with one probability p, which moves by what D makes of the changed real images: a share of
 * them that is surely real says that D knows them by heart. No gradient passes through what decides.
 */
export const adaptiveAugment = defineOp({
  kind: 'adaptive-augment',
  role: 'op',
  title: 'Adaptive augment',
  category: 'Layers',
  place: ['game'],
  summary:
    'Changes real and fake images at random, more often the surer a discriminator is of real ones: as little as its data needs.',
  formula:
    'p \\leftarrow p + \\tfrac{N}{n} \\operatorname{sign}(r_t - r), \\quad r_t = \\mathbb{E}[\\operatorname{sign} D(T(x))]',
  source: { label: 'Karras et al. 2020 (ADA)', url: 'https://arxiv.org/abs/2006.06676' },
  aliases: ['ada', 'stylegan2-ada', 'diffaugment', 'limited data', 'overfitting', 'random'],
  traits: { leavesNothing },
  params: z.strictObject({
    ...networkParams({
      network: 'Whose scores of real images say how often they are changed: a discriminator.',
      input: 'Its input of images.',
      output: 'Its score, a logit: above 0 is real.',
    }),
    target: param(z.number().min(-1).max(1).default(0.6), {
      label: 'Target r',
      help: 'Of the mean sign of the scores of real images: p grows above it and falls below.',
      step: 0.05,
    }),
    images: param(z.int().min(1).max(1e9).default(500_000), {
      label: 'Images n',
      help: 'Real images that are shown, in updates of either player, while p moves from 0 to 1.',
      step: 1_000,
    }),
    ...changeParams,
  }),
  caption: ({ network, target }) => `${network ? `${network} · ` : ''}r ${target}`.slice(0, 40),
  examples: [
    {
      params: { network: 'D' },
      inputs: { real: [2, 3, 3], fake: [2, 3, 3] },
      outputs: { real: [2, 3, 3], fake: [2, 3, 3] },
    },
    {
      params: { network: 'D', flip: true, images: 10 },
      inputs: { real: [3, 2, 1], fake: [3, 2, 1] },
      outputs: { real: [3, 2, 1], fake: [3, 2, 1] },
    },
  ],
  inputs: ({ network, input }, scope): readonly InputPort[] => [
    { name: 'real', type: 'tensor', help: 'Images of the data.' },
    { name: 'fake', type: 'tensor', help: 'Images of the generator.' },
    ...furtherInputs(scope, { network, input }, OWN).map((further) => ({
      name: further,
      type: 'tensor' as const,
      constant: true as const,
      help: `What the network takes as ${further}, of the real images.`,
    })),
  ],
  outputs: () => [
    { name: 'real', type: 'tensor', needs: ['real'], help: 'The real images, changed in training.' },
    { name: 'fake', type: 'tensor', needs: ['fake'], help: 'The fakes, changed in training.' },
  ],
  infer(_, inputs) {
    const [real, fake] = [shapeAt(inputs, 'real'), shapeAt(inputs, 'fake')];
    return imageProblem('Adaptive augment', real) ?? imageProblem('Adaptive augment', fake) ?? { real, fake };
  },
  cost(_, inputs) {
    const { dims } = shapeAt(inputs, 'real');
    return 2 * ((dims[0] ?? 0) + (dims[1] ?? 0) + 8) * sizeOf(dims);
  },
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
  apply(tf, { params, inputs, buffers, context, applied }) {
    const [real, fake] = [tensorAt(inputs, 'real'), tensorAt(inputs, 'fake')];
    if (context.mode === 'eval') return { outputs: { real, fake } };
    const p = buffers.p as Tensor;
    const changed = (images: Tensor, purpose: string) =>
      changeImages(tf, images, context.seed(purpose), p, params);
    const shown = changed(real, 'real');
    const { f } = defined(applied, 'a network to look into');
    const rest = furtherAt(inputs, OWN, tensorAt);
    const observed = observeSigns(tf, real.shape[0] as number, () => f({ ...rest, [params.input]: shown }));
    return { outputs: { real: shown, fake: changed(fake, 'fake') }, observed };
  },
  advance: (tf, { target, images }, buffers, observed) =>
    moveStrength(tf, { target, count: images }, buffers, observed),
  torch: {
    classes: [
      changedImages,
      adaptiveStrength,
      `class AdaptiveAugment(AdaptiveStrength):
    """Real and fake changed with probability p."""

    def __init__(self, target, images, *changes):
        super().__init__(target, images)
        self.changes = changes

    def forward(self, real, fake, score):
        if not self.training:
            return real, fake
        real = changed(real, self.p, *self.changes)
        self.see(lambda: score(real), len(real))
        return real, changed(fake, self.p, *self.changes)
`,
    ],
    module: ({ params }) => `AdaptiveAugment(${params.target}, ${params.images}, ${changeArguments(params)})`,
    shared({ params: { input }, self, inputs, apply }) {
      const rest = furtherAt(inputs, OWN, expressionAt);
      const score = defined(apply, 'a network to look into')({ ...rest, [input]: 'x' });
      return `${self}(${expressionAt(inputs, 'real')}, ${expressionAt(inputs, 'fake')}, lambda x: ${score})`;
    },
    forward: ({ shared }) => ({ real: `${shared}[0]`, fake: `${shared}[1]` }),
    state: { p: { name: 'p' } },
  },
});
