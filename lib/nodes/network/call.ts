import * as z from 'zod';
import { defineCall } from '../define';
import { param } from '../params';

/** The output that a call of an invertible network has besides. No network's port is named so. */
export const LOG_DET = 'log-det';

const params = z.strictObject({
  network: param(z.string().max(64).default(''), {
    label: 'Network',
    help: 'The network to apply.',
    reference: { to: 'network' },
  }),
  weights: param(z.enum(['live', 'ema']).default('live'), {
    label: 'Weights',
    help: 'Live are those in training; ema is their moving average, where the network keeps one.',
  }),
  mode: param(z.enum(['train', 'eval']).default('train'), {
    label: 'Mode',
    help: 'Train uses the batch’s own statistics and dropout; eval the moving statistics and no dropout.',
  }),
  inverse: param(z.boolean().default(false), {
    label: 'Inverse',
    help: 'Runs an invertible network backwards: from its output to its input.',
    advanced: true,
  }),
  sample: param(z.enum(['none', 'autoregressive']).default('none'), {
    label: 'Sample',
    help: 'Autoregressive draws binary variables one after another, by logits that depend on earlier ones. The input says how many rows.',
    advanced: true,
  }),
});

export type CallParams = Readonly<z.output<typeof params>>;

/** Applies a network. Two calls of one network share θ; the ports are the network's inputs and outputs. */
export const call = defineCall({
  kind: 'call',
  role: 'call',
  title: 'Call',
  category: 'Networks',
  place: ['game'],
  summary: 'Applies a network to its inputs, as in D(G(z)). Calls of one network share its parameters θ.',
  formula: 'y = f_\\theta(x)',
  source: { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' },
  aliases: ['apply', 'network', 'use'],
  params,
  caption: ({ network, weights, inverse, sample }) =>
    [
      inverse ? `${network}⁻¹` : network,
      ...(weights === 'ema' ? ['averaged'] : []),
      ...(sample === 'none' ? [] : ['sampled']),
    ].join(' · '),
  inputs({ network, inverse }, scope) {
    const ports = scope.network(network);
    return tensors((inverse ? ports?.outputs : ports?.inputs) ?? []);
  },
  outputs({ network, inverse }, scope) {
    const ports = scope.network(network);
    const outputs = tensors((inverse ? ports?.inputs : ports?.outputs) ?? []);
    return ports?.isInvertible ? [...outputs, logDet] : outputs;
  },
});

const tensors = (names: readonly string[]) => names.map((name) => ({ name, type: 'tensor' as const }));

const logDet = {
  name: LOG_DET,
  type: 'tensor' as const,
  help: 'log |det J| of the direction that the call takes, one number per example.',
};
