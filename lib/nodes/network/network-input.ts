import * as z from 'zod';
import { defineNetworkInput } from '../define';
import { dims, param } from '../params';
import { tensorOut } from '../ports';
import { portName } from './port-name';

const params = z.strictObject({
  name: param(z.string().min(1).max(40).regex(portName).default('x'), {
    label: 'Name',
    help: 'The port’s name on every call of this network.',
  }),
  shape: param(dims.nullable().default(null), {
    label: 'Shape',
    help: 'Used while no call gives one; otherwise the calls decide.',
    input: 'dims',
  }),
});

export type NetworkInputParams = Readonly<z.output<typeof params>>;

/** An argument of a network. Its shape comes from the network's calls; `shape` is used while none gives one. */
export const networkInput = defineNetworkInput({
  kind: 'network-input',
  role: 'network-input',
  title: 'Input',
  category: 'Networks',
  place: ['network'],
  summary: 'An argument of the network: a port on each of its calls.',
  aliases: ['in', 'argument', 'placeholder'],
  params,
  caption: ({ name }) => name,
  inputs: () => [],
  outputs: tensorOut,
});
