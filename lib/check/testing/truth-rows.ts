import type { Graph, Params } from '@/lib/graph/schema';
import type { Row } from './advice-rows';
import { sketch } from './graphs';

/** Metrics and views that name a data set, of which they may ask too much (C5). */
const measured = (
  source: string,
  kind: string,
  shapes: { readonly [port: string]: readonly number[] },
  params: Params = {},
): Graph =>
  sketch({
    nodes: [
      { id: 'data', kind: 'dataset', params: { source } },
      { id: 'look', kind, params: { dataset: 'data', ...params } },
      ...Object.entries(shapes).map(([port, shape]) => ({
        id: `made-${port}`,
        kind: 'constant',
        params: { shape: [...shape] },
      })),
    ],
    wires: Object.keys(shapes).map((port) => `made-${port}.out > look.${port}`),
  });

const read = (source: string, shapes: { readonly [port: string]: readonly number[] }) =>
  measured(source, 'metric-attributes', shapes);
const frame = [8, 8, 1];
const picture = [32, 32, 3];
/** An attribute that is added to images of 32 × 32 by a sum of latents. */
const adding = (attribute: string, source = 'faces'): Graph =>
  sketch({
    networks: [{ id: 'G' }],
    nodes: [
      { id: 'g-in', kind: 'network-input', network: 'G', params: { name: 'z' } },
      { id: 'g-dense', kind: 'dense', network: 'G', params: { units: 3_072 } },
      { id: 'g-shape', kind: 'reshape', network: 'G', params: { shape: [32, 32, 3] } },
      { id: 'g-out', kind: 'network-output', network: 'G', params: { name: 'x' } },
      { id: 'z', kind: 'latent', params: { shape: [4] } },
      { id: 'made', kind: 'call', params: { network: 'G' } },
      { id: 'data', kind: 'dataset', params: { source } },
      { id: 'look', kind: 'metric-arithmetic', params: { dataset: 'data', network: 'G', attribute } },
    ],
    wires: [
      'g-in.out > g-dense.in',
      'g-dense.out > g-shape.in',
      'g-shape.out > g-out.in',
      'z.out > made.z',
      'z.out > look.z',
      'made.x > look.samples',
    ],
  });

export const truthRows: readonly Row[] = [
  {
    rule: 'truth-unknown',
    graph: read('ring', { samples: [2] }),
    node: 'look',
    says: /the attributes of Dataset are not known/,
    calm: read('grammar', { samples: [7, 6] }),
  },
  {
    rule: 'samples-unlike-data',
    graph: read('grammar', { samples: [7, 5] }),
    node: 'look',
    says: /samples are \[7, 5\], and Dataset gives \[7, 6\]/,
    calm: read('grammar', { samples: [7, 6] }),
  },
  {
    rule: 'samples-unlike-data',
    graph: measured('ring', 'metric-modes', { samples: [3] }),
    node: 'look',
    says: /samples are \[3\], and Dataset gives \[2\]/,
    calm: measured('ring', 'metric-modes', { samples: [2] }),
  },
  {
    rule: 'samples-unlike-data',
    graph: read('grammar', { samples: [7, 6], labels: [3] }),
    node: 'look',
    says: /labels of 3 numbers, but the attributes of Dataset have 4 values: length \(4\)/,
    calm: read('grammar', { samples: [7, 6], labels: [4] }),
  },
  {
    rule: 'samples-unlike-data',
    graph: measured('shapes', 'metric-attributes', { samples: picture, labels: [18] }, { only: 'style' }),
    node: 'look',
    says: /labels of 18 numbers, but the attributes of Dataset have 4 values: style \(4\)/,
    calm: measured('shapes', 'metric-attributes', { samples: picture, labels: [4] }, { only: 'style' }),
  },
  {
    rule: 'samples-unlike-data',
    graph: measured('shapes', 'metric-attributes', { samples: picture }, { only: 'hue' }),
    node: 'look',
    says: /asks for “hue”, and Dataset knows: colour, form, style, size, column, row/,
    calm: measured('shapes', 'metric-attributes', { samples: picture }, { only: 'colour' }),
  },
  {
    rule: 'samples-unlike-data',
    graph: adding('a hat'),
    node: 'look',
    says: /asks for “a hat”, and Dataset knows: without glasses, glasses, serious/,
    calm: adding('glasses'),
  },
  {
    // Its targets are read without what they were made for: sums of latents are made for nothing.
    rule: 'samples-unlike-data',
    graph: adding('a hat', 'outline-to-shape'),
    node: 'look',
    says: /asks for “a hat”, and Dataset knows: /,
    calm: adding('blue', 'outline-to-shape'),
  },
  {
    rule: 'samples-unlike-data',
    graph: read('one-pixel', { samples: frame }),
    node: 'look',
    says: /by what they were made for, and “given” has no wire/,
    calm: read('one-pixel', { samples: frame, given: frame }),
  },
  {
    // Of a caption's image all can be seen without the caption.
    rule: 'samples-unlike-data',
    graph: read('caption-to-shape', { samples: [16, 16, 1] }),
    node: 'look',
    says: /samples are \[16, 16, 1\], and Dataset gives \[16, 16, 3\]/,
    calm: read('caption-to-shape', { samples: [16, 16, 3] }),
  },
  {
    rule: 'samples-unlike-data',
    graph: measured('grammar', 'view-samples', { fake: [7, 5] }),
    node: 'look',
    says: /strings of 5 letters, but Dataset has 6: 0 1 2 \+ - _/,
    calm: measured('grammar', 'view-samples', { fake: [9, 6] }),
  },
];
