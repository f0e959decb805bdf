import * as z from 'zod';
import { param } from '../params';

/** What a view of a network as a function has. */
export const networkParams = (inputHelp: string, outputHelp: string) => ({
  network: param(z.string().max(64).default(''), {
    label: 'Network',
    help: 'Whose function is shown.',
    reference: { to: 'network' },
  }),
  input: param(z.string().max(64).default('x'), {
    label: 'Input',
    help: inputHelp,
    reference: { to: 'input', of: 'network' },
  }),
  output: param(z.string().max(64).default('out'), {
    label: 'Output',
    help: outputHelp,
    reference: { to: 'output', of: 'network' },
  }),
});
