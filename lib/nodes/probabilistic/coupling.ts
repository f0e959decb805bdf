import * as z from 'zod';
import { formatDims } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor, type Tensors, type Tf } from '../define';
import { kernelInitialiser } from '../initialise';
import { kernelParams } from '../kernel';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import type { TorchArgs } from '../torch';

type Mask = 'even' | 'odd' | 'first' | 'second';

/** Log-scales lie within ±2, so that a stack of couplings keeps its numbers finite. */
const RANGE = 2;

/** The last kernel starts at 0: the layer starts as the identity, with a log-determinant of 0. */
export const coupling = defineLayer({
  kind: 'coupling',
  role: 'layer',
  title: 'Coupling',
  category: 'Probabilistic',
  place: ['network'],
  summary: 'An invertible layer: one part of a vector passes, and says how the other is scaled and shifted.',
  formula:
    'y_a = x_a, \\quad y_b = x_b \\odot e^{s(x_a)} + t(x_a), \\quad \\log \\lvert \\det J \\rvert = \\textstyle\\sum s(x_a)',
  source: { label: 'Dinh et al. 2017 (RealNVP)', url: 'https://arxiv.org/abs/1605.08803' },
  aliases: ['flow', 'realnvp', 'invertible', 'alignflow', 'normalizing', 'likelihood'],
  params: z.strictObject({
    units: param(z.int().min(1).max(4_096).default(64), {
      label: 'Units',
      help: 'Of the hidden tanh layer that gives scales and shifts.',
      step: 1,
    }),
    mask: param(z.enum(['even', 'odd', 'first', 'second']).default('even'), {
      label: 'Mask',
      help: 'Which numbers pass: those at even or odd places, or a half. Alternate it from layer to layer.',
    }),
    init: kernelParams.init,
    initScale: kernelParams.initScale,
  }),
  caption: ({ units, mask }) => `${units} · ${mask}`,
  examples: [
    { params: { units: 3 }, inputs: { in: [2] }, outputs: { out: [2] } },
    { params: { units: 4, mask: 'odd', init: 'glorot-normal' }, inputs: { in: [5] }, outputs: { out: [5] } },
    { params: { units: 2, mask: 'second' }, inputs: { in: [3] }, outputs: { out: [3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    const { dims } = input;
    if (dims.length !== 1 || (dims[0] as number) < 2)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Coupling takes a vector of two numbers or more, but gets ${formatDims(dims)}.`,
        hint: 'Put a Flatten before it.',
      });
    return { out: input };
  },
  cost({ units, mask }, inputs) {
    const size = shapeAt(inputs, 'in').dims[0] as number;
    const passing = passingOf(size, mask).length;
    return units * (passing + 2 * (size - passing)) + 4 * size;
  },
  weights({ units, mask, init, initScale }, inputs) {
    const size = shapeAt(inputs, 'in').dims[0] as number;
    const passing = passingOf(size, mask).length;
    const outputs = 2 * (size - passing);
    const zero = { type: 'constant', value: 0 } as const;
    return [
      { name: 'kernel', shape: [passing, units], init: kernelInitialiser(init, passing, units, initScale) },
      { name: 'bias', shape: [units], init: zero },
      { name: 'outKernel', shape: [units, outputs], init: zero },
      { name: 'outBias', shape: [outputs], init: zero },
    ];
  },
  differentiable: 2,
  apply: (tf, { params, weights, inputs }) => ({
    outputs: { out: couple(tf, tensorAt(inputs, 'in'), params.mask, weights, 'forward').y },
  }),
  flow(tf, { params, weights, inputs }, direction) {
    const from = tensorAt(inputs, direction === 'forward' ? 'in' : 'out');
    const { y, logDet } = couple(tf, from, params.mask, weights, direction);
    return { tensors: { [direction === 'forward' ? 'out' : 'in']: y }, logDet };
  },
  torch: {
    module({ params: { units, mask }, shapes }) {
      const size = shapeAt(shapes.inputs, 'in').dims[0] as number;
      const passing = passingOf(size, mask).length;
      const outputs = 2 * (size - passing);
      const zeros = (...dims: number[]) => `nn.Parameter(torch.zeros(${dims.join(', ')}))`;
      return `nn.ParameterDict({'kernel': ${zeros(passing, units)}, 'bias': ${zeros(units)}, 'out_kernel': ${zeros(units, outputs)}, 'out_bias': ${zeros(outputs)}})`;
    },
    forward: (args) => ({ out: coupleLine(args, expressionAt(args.inputs, 'in'), joinLine(FORWARD)) }),
    flow(args, direction) {
      const isForward = direction === 'forward';
      const from = expressionAt(args.inputs, isForward ? 'in' : 'out');
      const logDet = `${isForward ? '' : '-'}s.sum(1)`;
      return coupleLine(args, from, `(${joinLine(isForward ? FORWARD : INVERSE)}, ${logDet})`);
    },
    state: {
      kernel: { name: 'kernel' },
      bias: { name: 'bias' },
      outKernel: { name: 'out_kernel' },
      outBias: { name: 'out_bias' },
    },
  },
});

/** What becomes of the numbers that do not pass, in PyTorch. */
const FORWARD = 'x @ q * s.exp() + t';
const INVERSE = '(x @ q - t) * (-s).exp()';
const joinLine = (moved: string): string => `x @ p @ p.T + (${moved}) @ q.T`;

/** `result` with p and q, which pick the passing numbers and the others, and s and t, their scales and shifts. */
function coupleLine(
  { params: { mask }, shapes, self }: Pick<TorchArgs<{ mask: Mask }>, 'params' | 'shapes' | 'self'>,
  x: string,
  result: string,
): string {
  const size = shapeAt(shapes.inputs, 'in').dims[0] as number;
  const [passing, others] = [passingOf(size, mask), othersOf(size, mask)];
  const net = `(x @ p @ ${self}['kernel'] + ${self}['bias']).tanh() @ ${self}['out_kernel'] + ${self}['out_bias']`;
  const cut = `(${RANGE} * o[:, :${others.length}].tanh(), o[:, ${others.length}:])`;
  const moved = `(lambda s, t: ${result})(*(lambda o: ${cut})(${net}))`;
  const identity = `torch.eye(${size}, dtype=x.dtype, device=x.device)`;
  const parts = `(lambda e: (e[:, [${passing.join(', ')}]], e[:, [${others.join(', ')}]]))(${identity})`;
  return `(lambda x: (lambda p, q: ${moved})(*${parts}))(${x})`;
}

function passes(place: number, size: number, mask: Mask): boolean {
  if (mask === 'even' || mask === 'odd') return place % 2 === (mask === 'even' ? 0 : 1);
  return place < Math.ceil(size / 2) === (mask === 'first');
}

const places = (size: number) => Array.from({ length: size }, (_, place) => place);
const passingOf = (size: number, mask: Mask) => places(size).filter((place) => passes(place, size, mask));
const othersOf = (size: number, mask: Mask) => places(size).filter((place) => !passes(place, size, mask));

/** [size, chosen]: x times it are the numbers at these places, times its transpose puts them back. */
function selection(tf: Tf, size: number, chosen: readonly number[]): Tensor {
  const matrix = tf.buffer([size, chosen.length]);
  chosen.forEach((place, column) => {
    matrix.set(1, place, column);
  });
  return matrix.toTensor();
}

/** Either direction, with its own log-determinant per example, [rows]. */
function couple(tf: Tf, x: Tensor, mask: Mask, weights: Tensors, direction: 'forward' | 'inverse') {
  const size = x.shape[1] as number;
  const [p, q] = [selection(tf, size, passingOf(size, mask)), selection(tf, size, othersOf(size, mask))];
  const passing = tf.matMul(x, p);
  const hidden = tf.tanh(tf.add(tf.matMul(passing, weights.kernel as Tensor), weights.bias as Tensor));
  const out = tf.add(tf.matMul(hidden, weights.outKernel as Tensor), weights.outBias as Tensor);
  const [raw, shift] = tf.split(out, 2, 1) as [Tensor, Tensor];
  const scale = tf.mul(tf.tanh(raw), RANGE);
  const other = tf.matMul(x, q);
  const moved =
    direction === 'forward'
      ? tf.add(tf.mul(other, tf.exp(scale)), shift)
      : tf.mul(tf.sub(other, shift), tf.exp(tf.neg(scale)));
  const y = tf.add(tf.matMul(passing, p, false, true), tf.matMul(moved, q, false, true));
  const logScale = tf.sum(scale, 1);
  return { y, logDet: direction === 'forward' ? logScale : tf.neg(logScale) };
}
