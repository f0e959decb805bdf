import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp } from '../define';
import { liveParam, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { whenTraining } from '../torch';
import { changeArguments, changedImages, changeImages, changeParams, leavesNothing } from './change-images';
import { imageProblem } from './image';

export const augment = defineOp({
  kind: 'augment',
  role: 'op',
  title: 'Augment',
  category: 'Layers',
  place: ['network', 'game'],
  summary:
    'In training, changes each image at random, real and fake alike, so that a discriminator cannot learn little data by heart.',
  formula: 'L_D = f(D(T(x))) + g(D(T(G(z)))), \\quad L_G = h(D(T(G(z))))',
  source: { label: 'Zhao et al. 2020 (DiffAugment)', url: 'https://arxiv.org/abs/2006.10738' },
  aliases: ['diffaugment', 'ada', 'limited data', 'cutout', 'translation', 'mirror', 'overfitting', 'random'],
  traits: { leavesNothing },
  params: z.strictObject({
    p: liveParam(z.number().min(0).max(1), 1, {
      label: 'Probability p',
      help: 'Of each change, for each image. Nothing is changed in eval mode.',
      step: 0.05,
    }),
    ...changeParams,
  }),
  caption: ({ p }) => `p ${scheduledCaption(p)}`,
  examples: [
    { inputs: { in: [4, 6, 3] }, outputs: { out: [4, 6, 3] } },
    {
      params: { p: 0.5, flip: true, translation: 0.5 },
      inputs: { in: [3, 4, 2] },
      outputs: { out: [3, 4, 2] },
    },
    {
      params: { colour: false, translation: 0, cutout: 0.3, flip: true },
      inputs: { in: [5, 3, 1] },
      outputs: { out: [5, 3, 1] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    return imageProblem('Augment', input) ?? { out: input };
  },
  cost(_, inputs) {
    const { dims } = shapeAt(inputs, 'in');
    return ((dims[0] ?? 0) + (dims[1] ?? 0) + 8) * sizeOf(dims);
  },
  differentiable: 2,
  random: true,
  apply(tf, { params, inputs, context }) {
    const x = tensorAt(inputs, 'in');
    if (context.mode === 'eval') return { outputs: { out: x } };
    return { outputs: { out: changeImages(tf, x, context.seed('changes'), params.p, params) } };
  },
  torch: {
    classes: [changedImages],
    forward({ params, inputs }) {
      const x = expressionAt(inputs, 'in');
      return { out: whenTraining(`changed(${x}, ${valueAt(params.p, 0)}, ${changeArguments(params)})`, x) };
    },
  },
});
