import * as z from 'zod';
import { defineNetworkOutput } from '../define';
import { param } from '../params';
import { tensorIn } from '../ports';
import { portName } from './port-name';

export const networkOutput = defineNetworkOutput({
  kind: 'network-output',
  role: 'network-output',
  title: 'Output',
  category: 'Networks',
  place: ['network'],
  summary: 'A result of the network: a port on each of its calls.',
  aliases: ['out', 'result'],
  params: z.strictObject({
    name: param(z.string().min(1).max(40).regex(portName).default('out'), {
      label: 'Name',
      help: 'The port’s name on every call of this network.',
    }),
  }),
  caption: ({ name }) => name,
  inputs: tensorIn,
  outputs: () => [],
});
