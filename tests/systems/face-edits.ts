import type { Graph } from '@/lib/graph/schema';

const node = (id: string, kind: string, params: Graph['nodes'][number]['params'] = {}) => ({
  id,
  kind,
  at: [0, 0] as const,
  params,
});

/**
 * A game of faces with what a page needs not: sums of the latents of other samples, whose glasses come by chance
 * alone, and edits, towards what G makes of another z, of the upper half (iGAN).
 */
export const withEdits = (graph: Graph): Graph => ({
  ...graph,
  nodes: [
    ...graph.nodes,
    node('other', 'latent', graph.nodes.find(({ id }) => id === 'z')?.params),
    node('by-chance', 'metric-arithmetic', graph.nodes.find(({ id }) => id === 'glasses')?.params),
    node('target', 'call', { network: 'G', weights: 'ema', mode: 'eval' }),
    node('halves', 'constant', { shape: [2, 2, 3], value: [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0] }),
    node('mask', 'upsample2d', { size: 12 }),
    ...['had', 'wanted', 'loose-made', 'stiff-made'].map((id) => node(id, 'multiply')),
    node('loose', 'project', { network: 'G', output: 'image', weights: 'ema', smooth: 0.001 }),
    node('stiff', 'project', { network: 'G', output: 'image', weights: 'ema', smooth: 0.1 }),
    ...['before', 'loose-after', 'loose-move', 'stiff-after', 'stiff-move'].map((id) =>
      node(id, 'mean-squared-error'),
    ),
    ...['loose-edit', 'stiff-edit'].map((id) => node(id, 'metric-value', { samples: 30 })),
  ],
  wires: [
    ...graph.wires,
    ['other.out', 'by-chance.z'],
    ['average.image', 'by-chance.samples'],
    ['other.out', 'target.z'],
    ['halves.out', 'mask.in'],
    ['mask.out', 'had.in'],
    ['average.image', 'had.in'],
    ['mask.out', 'wanted.in'],
    ['target.image', 'wanted.in'],
    ['had.out', 'before.a'],
    ['wanted.out', 'before.b'],
    ...['loose', 'stiff'].flatMap((edit): [string, string][] => [
      ['target.image', `${edit}.target`],
      ['z.out', `${edit}.start`],
      ['mask.out', `${edit}.mask`],
      ['mask.out', `${edit}-made.in`],
      [`${edit}.x`, `${edit}-made.in`],
      [`${edit}-made.out`, `${edit}-after.a`],
      ['wanted.out', `${edit}-after.b`],
      [`${edit}.z`, `${edit}-move.a`],
      ['z.out', `${edit}-move.b`],
      ['before.out', `${edit}-edit.in`],
      [`${edit}-after.out`, `${edit}-edit.in`],
      [`${edit}-move.out`, `${edit}-edit.in`],
    ]),
  ],
});
