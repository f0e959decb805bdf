import * as z from 'zod';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { type ApplyArgs, defineOp, type Tensor, type Tensors, type Tf } from '../define';
import { offTape } from '../off-tape';
import { liveParam, param } from '../params';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { furtherAt, furtherInputs } from './further-inputs';
import { networkParams, weightsParam } from './network-params';
import { projected } from './project-python';
import { searchInput, searchNumbers } from './search-input';

const OWN = ['target', 'start', 'mask'];
const params = z.strictObject({
  ...networkParams(
    {
      network: 'Whose input is looked for: a generator.',
      input: 'The input that is looked for.',
      output: 'The output that comes close to the target.',
    },
    { input: 'z', output: 'x' },
  ),
  steps: param(z.int().min(1).max(2_000).default(200), {
    label: 'Steps',
    help: 'Updates of the input by Adam, each a pass forward and back.',
    step: 10,
  }),
  learningRate: param(z.number().min(1e-6).max(10).default(0.05), {
    label: 'Learning rate',
    help: 'Of the first step; it falls along a line to a hundredth at the last.',
    step: 0.01,
  }),
  smooth: liveParam(z.number().min(0).max(1e6), 0, {
    label: 'Smoothness s',
    help: 'How much a move away from the start costs: a larger value makes smaller moves.',
    step: 0.001,
  }),
  weights: weightsParam,
});
type Params = z.output<typeof params>;

/** The input of a network whose output is nearest to a target: no weight is moved and no gradient passes. */
export const project = defineOp({
  kind: 'project',
  role: 'op',
  title: 'Project',
  category: 'Networks',
  place: ['game'],
  summary:
    'Finds the input from which a network makes what comes nearest to a target, as iGAN does for edits.',
  formula:
    'z^* = \\arg\\min_z \\frac{\\sum m\\,(G(z) - t)^2}{\\sum m} + s\\,\\lVert z - z_0 \\rVert^2, \\quad x = G(z^*)',
  source: { label: 'Zhu et al. 2016', url: 'https://arxiv.org/abs/1609.03552' },
  aliases: ['igan', 'inversion', 'latent', 'edit', 'optimise z', 'encode'],
  traits: { stopsGradient: true },
  params,
  caption: ({ network, steps }) => (network ? `${network} · ${steps} steps`.slice(0, 40) : ''),
  examples: [
    {
      params: { network: 'G', steps: 8 },
      inputs: { target: [1], start: [2] },
      outputs: { z: [2], x: [1] },
    },
    {
      params: { network: 'G', steps: 5, learningRate: 0.1, smooth: 0.5 },
      inputs: { target: [1], start: [2], mask: [1], further: [3] },
      outputs: { z: [2], x: [1] },
      within: [0.2, 1.5],
    },
  ],
  inputs: ({ network, input }, scope) => [
    { name: 'target', type: 'tensor', help: 'What the output shall come close to.' },
    { name: 'start', type: 'tensor', optional: true, help: 'Where the search starts; N(0, 1) if unwired.' },
    { name: 'mask', type: 'tensor', optional: true, help: 'How much each number of the target counts.' },
    ...furtherInputs(scope, { network, input }, OWN).map((further) => ({
      name: further,
      type: 'tensor' as const,
      help: `What the network takes as ${further}.`,
    })),
  ],
  outputs: () => [
    { name: 'z', type: 'tensor', help: 'The input that was found.' },
    { name: 'x', type: 'tensor', help: 'What the network makes of it.' },
  ],
  infer(_, inputs, applied) {
    const target = shapeAt(inputs, 'target');
    const z = inputs.start ? shapeAt(inputs, 'start') : shape(applied?.input.dims ?? [], target.batch);
    return { z, x: shape(applied?.output.dims ?? target.dims, target.batch) };
  },
  cost: ({ steps }, inputs) => 8 * steps * sizeOf(shapeAt(inputs, 'target').dims),
  differentiable: 0,
  random: true,
  applies: ({ network, input, output, weights, steps }) => ({
    network,
    input,
    output,
    weights,
    mode: 'eval',
    ports: { start: 'input', target: 'output', mask: 'output' },
    passes: 2 * steps + 1,
  }),
  apply: (tf, args) => ({ outputs: offTape(tf, () => search(tf, args)) }),
  torch: {
    classes: [projected(searchNumbers)],
    shared({ params: { input, steps, learningRate, smooth }, shapes, inputs, apply }) {
      const f = defined(apply, 'a network to look into');
      const given = (port: string) => (port in inputs ? expressionAt(inputs, port) : undefined);
      const rest = furtherAt(inputs, OWN, expressionAt);
      const target = expressionAt(inputs, 'target');
      const dims = shapes.outputs.z?.dims ?? [];
      const channelsFirst = [...dims.slice(-1), ...dims.slice(0, -1)];
      const start = given('start') ?? `normal(len(${target}), ${channelsFirst.join(', ')})`;
      return `projected(lambda z: ${f({ ...rest, [input]: 'z' })}, ${target}, ${start}, ${given('mask') ?? 'None'}, ${steps}, ${learningRate}, ${smooth})`;
    },
    forward: ({ shared }) => ({ z: `${shared}[0]`, x: `${shared}[1]` }),
  },
});

function search(tf: Tf, { params, inputs, context, applied }: ApplyArgs<Params>): Tensors {
  const { f, dims } = defined(applied, 'a network to look into');
  const { input, steps, learningRate, smooth } = params;
  const target = tensorAt(inputs, 'target');
  // tfjs takes seed 0 for "no seed".
  const start = inputs.start
    ? tensorAt(inputs, 'start')
    : tf.randomNormal([target.shape[0] ?? 1, ...dims], 0, 1, 'float32', context.seed('start') + 1);
  const mask = inputs.mask ? tensorAt(inputs, 'mask') : tf.onesLike(target);
  const rest = furtherAt(inputs, OWN, tensorAt);
  const made = (z: Tensor) => f({ ...rest, [input]: z });
  const z = searchInput(tf, { made, target, start, mask }, { steps, learningRate, smooth });
  return { z, x: made(z) };
}
