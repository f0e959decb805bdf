import * as z from 'zod';
import { defineCall } from '../define';
import { param } from '../params';

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
  params: z.strictObject({
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
  }),
  caption: ({ network, weights }) => (weights === 'ema' ? `${network} · averaged` : network),
  inputs: ({ network }, scope) =>
    (scope.network(network)?.inputs ?? []).map((name) => ({ name, type: 'tensor' as const })),
  outputs: ({ network }, scope) =>
    (scope.network(network)?.outputs ?? []).map((name) => ({ name, type: 'tensor' as const })),
});
