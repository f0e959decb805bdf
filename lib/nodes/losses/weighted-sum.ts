import type { Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineLoss } from '../define';
import { param, scheduled, scheduledCaption, valueAt } from '../params';
import { expressionAt, tensorAt } from '../ports';

const termName = z
  .string()
  .min(1)
  .max(40)
  .regex(/^(?!__)[A-Za-z0-9_-]+$/);
const weight = scheduled(z.number().min(-1e6).max(1e6));

const MOST_TERMS = 32;

export const weightedSum = defineLoss({
  kind: 'weighted-sum',
  role: 'loss',
  title: 'Weighted sum',
  category: 'Losses',
  place: ['game'],
  summary: 'Adds losses, each with a weight of its own: a port for every term.',
  formula: 'J = \\sum_k w_k J_k',
  source: { label: 'Isola et al. 2017 (pix2pix), equation 4', url: 'https://arxiv.org/abs/1611.07004' },
  aliases: ['add', 'lambda', 'total', 'combine', 'regularise'],
  traits: {
    weighs({ terms }, port) {
      const weight = (terms as Readonly<Record<string, unknown>>)[port];
      return typeof weight === 'number' ? weight : undefined;
    },
  },
  params: z.strictObject({
    terms: param(
      z
        .record(termName, weight)
        .refine((terms) => Object.keys(terms).length <= MOST_TERMS, {
          error: `expected at most ${MOST_TERMS} terms`,
        })
        .default({ gan: 1, cycle: 10 }),
      {
        label: 'Terms',
        help: 'A name and a weight for each loss that is added; the names are the ports.',
        live: true,
      },
    ),
  }),
  caption: ({ terms }) => {
    const text = Object.entries(terms)
      .map(([name, value]) => `${scheduledCaption(value)} ${name}`)
      .join(' + ');
    return text.length > 40 ? `${text.slice(0, 38)} …` : text;
  },
  examples: [
    { inputs: { gan: [], cycle: [] }, outputs: { out: [] } },
    {
      params: { terms: { critic: 1, penalty: 0.5, drift: -0.25 } },
      inputs: { critic: [], penalty: [], drift: [] },
      outputs: { out: [] },
    },
  ],
  inputs: ({ terms }) => Object.keys(terms).map((name) => ({ name, type: 'scalar' as const })),
  outputs: () => [{ name: 'out', type: 'scalar' }],
  infer: () => ({ out: { dims: [], batch: 'one' } }),
  differentiable: 2,
  evaluate(tf, _, { params, inputs }) {
    const terms = Object.entries(params.terms).map(([name, factor]) => {
      const term = tensorAt(inputs, name) as Scalar;
      return factor === 1 ? term : tf.mul<Scalar>(term, factor);
    });
    return terms.length === 0 ? tf.scalar(0) : terms.reduce((sum, term) => tf.add(sum, term));
  },
  torch: {
    forward: ({ params, inputs }) => ({
      out:
        Object.entries(params.terms)
          .map(([name, factor]) => `${valueAt(factor, 0)} * ${expressionAt(inputs, name)}`)
          .join(' + ') || 'torch.zeros(())',
    }),
  },
});
