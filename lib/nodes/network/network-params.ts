import * as z from 'zod';
import { param } from '../params';

interface Help {
  readonly network: string;
  readonly input: string;
  readonly output: string;
}

const name = z.string().max(64);
const usual = { input: 'x', output: 'out' };

/** Which weights a kind that runs a network takes. */
export const weightsParam = param(z.enum(['live', 'ema']).default('live'), {
  label: 'Weights',
  help: 'Those in training, or their average over the updates.',
});

/** What a kind has that looks at a network as a function: the network, an input and an output of it. */
export const networkParams = (help: Help, fallback = usual) => ({
  network: param(name.default(''), {
    label: 'Network',
    help: help.network,
    reference: { to: 'network' },
  }),
  input: param(name.default(fallback.input), {
    label: 'Input',
    help: help.input,
    reference: { to: 'input', of: 'network' },
  }),
  output: param(name.default(fallback.output), {
    label: 'Output',
    help: help.output,
    reference: { to: 'output', of: 'network' },
  }),
});
