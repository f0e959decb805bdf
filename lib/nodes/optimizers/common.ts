import * as z from 'zod';
import type { InputPort, OutputPort } from '../define';
import { liveParam, param, type Scheduled, scheduled, scheduledCaption } from '../params';

/** A learning rate, on a logarithmic slider. */
export const learningRate = (value: number) =>
  liveParam(z.number().min(0).max(10), value, {
    label: 'Learning rate',
    help: 'The size of a step. A ramp lowers it over the run.',
    step: 0.0001,
    input: 'log',
  });

/** What every optimizer has. */
export const optimizerParams = {
  order: param(z.int().min(-1000).max(1000).default(0), {
    label: 'Order',
    help: 'Optimizers run by ascending order; equal ones in the document’s order.',
    step: 1,
  }),
  steps: liveParam(z.number().int().min(1).max(100), 1, {
    label: 'Steps per iteration',
    help: 'Updates that this player makes in each iteration.',
    unit: 'k',
    step: 1,
  }),
  clipWeights: param(scheduled(z.number().gt(0).max(1000)).nullable().default(null), {
    label: 'Clip weights',
    help: 'After each update every weight is clipped to ± this (WGAN 2017). Empty: off.',
    live: true,
    step: 0.01,
  }),
  clipNorm: param(scheduled(z.number().gt(0).max(1e6)).nullable().default(null), {
    label: 'Clip gradient norm',
    help: 'Scales the gradient over all weights down to this norm. Empty: off.',
    live: true,
    step: 0.1,
  }),
  variant: param(z.enum(['plain', 'optimistic']).default('plain'), {
    label: 'Variant',
    advanced: true,
    help: 'Optimistic goes twice the step and takes the last one back, which stops games from circling (Daskalakis et al. 2018).',
  }),
  unroll: param(z.int().min(0).max(20).default(0), {
    label: 'Unroll',
    advanced: true,
    help: 'Steps of the opponent that are unrolled and differentiated through (Metz et al. 2017).',
    step: 1,
  }),
};

const anyOptimizer = z.strictObject({ learningRate: learningRate(0), ...optimizerParams });

export type OptimizerParams = Readonly<z.output<typeof anyOptimizer>>;

export const optimizerInputs = ({ unroll }: { readonly unroll: number }): readonly InputPort[] => [
  { name: 'loss', type: 'scalar', help: 'What this player minimises.' },
  { name: 'theta', type: 'theta', many: true, help: 'The networks that it may change.' },
  {
    name: 'opponent',
    type: 'player',
    optional: true,
    ...(unroll === 0 && { idle: true }),
    help: 'The opponent whose next steps are unrolled, where unroll is above 0.',
  },
];

export const optimizerOutputs = (): readonly OutputPort[] => [
  {
    name: 'look-ahead',
    type: 'player',
    idle: true,
    help: 'The steps that this player would make, for the other player to unroll.',
  },
];

/** `2e-4`, or both ends of a ramp: `1e-3 → 1e-5`. */
export const rateCaption = ({ learningRate: rate }: { readonly learningRate: Scheduled }): string =>
  scheduledCaption(rate, (value) => value.toExponential());
