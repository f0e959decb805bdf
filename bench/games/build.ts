import { type Part, row } from '@/lib/examples/row';
import { FORMAT_VERSION, type Graph, graphSchema, type Settings } from '@/lib/graph/schema';

/** Documents of the games that are measured, without views and metrics, from what differs between them. */
export interface Sketch {
  readonly title: string;
  readonly about?: string;
  readonly settings: Partial<Settings>;
  readonly latent: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly generator: readonly Part[];
  readonly discriminator: readonly Part[];
  readonly adam: Readonly<Record<string, number>>;
  /** Wasserstein with a gradient penalty instead of the non-saturating loss. */
  readonly penalty?: boolean;
  /** What stands between the data and D, in the game: an op, or a fixed network. */
  readonly prepare?: { readonly kind: string } | { readonly network: readonly Part[] };
}

export function buildGame(sketch: Sketch): Graph {
  const { title, about = '', settings, latent, data, adam, penalty, prepare } = sketch;
  const generator = row('G', sketch.generator, ['z', 'x']);
  const discriminator = row('D', sketch.discriminator, ['x', 'score']);
  const painter = prepare && 'network' in prepare ? row('P', prepare.network, ['x', 'y']) : undefined;
  const width = Math.max(generator.width, discriminator.width);
  const frame = (id: string, name: string, color: string, y: number) => ({
    id,
    name,
    color,
    at: [0, y],
    size: [width, 130],
  });
  const real = painter ? 'prepared.y' : prepare ? 'prepared.out' : 'data.x';
  const objective = penalty ? penalised : nonSaturating;
  return graphSchema.parse({
    format: 'ganvas',
    version: FORMAT_VERSION,
    title,
    about,
    settings: { iterations: 1_000_000, ...settings },
    networks: [
      frame('G', 'Generator', 'violet', 460),
      frame('D', 'Discriminator', 'amber', 610),
      ...(painter ? [frame('P', 'Painter, never trained', 'slate', 760)] : []),
    ],
    nodes: [
      { id: 'z', kind: 'latent', at: [0, 0], params: { shape: [latent] } },
      { id: 'data', kind: 'dataset', at: [0, 110], params: data },
      ...(painter ? [{ id: 'prepared', kind: 'call', at: [190, 110], params: { network: 'P' } }] : []),
      ...(prepare && 'kind' in prepare ? [{ id: 'prepared', kind: prepare.kind, at: [190, 110] }] : []),
      { id: 'fake', kind: 'call', at: [190, 0], title: 'G(z)', params: { network: 'G' } },
      { id: 'd-fake', kind: 'call', at: [380, 0], title: 'D(G(z))', params: { network: 'D' } },
      { id: 'd-real', kind: 'call', at: [380, 110], title: 'D(x)', params: { network: 'D' } },
      ...objective.nodes,
      { id: 'adam-g', kind: 'adam', at: [950, 0], params: { ...adam, order: 1 } },
      { id: 'adam-d', kind: 'adam', at: [950, 110], params: { ...adam, order: 0 } },
      ...generator.nodes,
      ...discriminator.nodes,
      ...(painter?.nodes ?? []),
    ],
    wires: [
      ...generator.wires,
      ...discriminator.wires,
      ...(painter?.wires ?? []),
      ...(prepare ? [['data.x', painter ? 'prepared.x' : 'prepared.in']] : []),
      ['z.out', 'fake.z'],
      ['fake.x', 'd-fake.x'],
      [real, 'd-real.x'],
      ['d-fake.score', 'loss.fake'],
      ['d-real.score', 'loss.real'],
      ['loss.g', 'adam-g.loss'],
      ...objective.wires(real),
      ['G.theta', 'adam-g.theta'],
      ['D.theta', 'adam-d.theta'],
    ],
  }) as Graph;
}

const nonSaturating = {
  nodes: [{ id: 'loss', kind: 'loss-non-saturating', at: [570, 40] }],
  wires: (_: string) => [['loss.d', 'adam-d.loss']],
};

const penalised = {
  nodes: [
    { id: 'loss', kind: 'loss-wasserstein', at: [570, 40] },
    {
      id: 'penalty',
      kind: 'gradient-penalty',
      at: [570, 240],
      params: { network: 'D', input: 'x', output: 'score', weight: 10 },
    },
    { id: 'sum', kind: 'weighted-sum', at: [760, 140], params: { terms: { critic: 1, penalty: 1 } } },
  ],
  wires: (real: string) => [
    [real, 'penalty.real'],
    ['fake.x', 'penalty.fake'],
    ['loss.d', 'sum.critic'],
    ['penalty.out', 'sum.penalty'],
    ['sum.out', 'adam-d.loss'],
  ],
};

export const adam = { learningRate: 2e-4, beta1: 0.5, beta2: 0.999 };
export const penaltyAdam = { learningRate: 1e-4, beta1: 0, beta2: 0.9 };

/** Dense layers of these widths with an activation after each but the last. */
export const mlp = (units: readonly number[], activation: string, last?: string): readonly Part[] =>
  units.flatMap((width, i): Part[] => {
    if (i < units.length - 1) return [['dense', { units: width }], [activation]];
    return last ? [['dense', { units: width }], [last]] : [['dense', { units: width }]];
  });

export interface Scale {
  /** Height and width where the generator starts; images are four times as high. */
  readonly base: number;
  readonly channels: number;
  readonly wide: number;
  readonly narrow: number;
}

const start = { init: 'normal', initScale: 0.02 };
const window = { kernelSize: 4, strides: 2, ...start };

export const convolutionalGenerator = ({ base, channels, wide, narrow }: Scale): readonly Part[] => [
  ['dense', { units: base * base * wide, useBias: false, ...start }],
  ['reshape', { shape: [base, base, wide] }],
  ['batch-norm', { momentum: 0.9 }],
  ['relu'],
  ['conv2d-transpose', { filters: narrow, useBias: false, ...window }],
  ['batch-norm', { momentum: 0.9 }],
  ['relu'],
  ['conv2d-transpose', { filters: channels, ...window }],
  ['tanh'],
];

export const convolutionalDiscriminator = (
  { wide, narrow }: Scale,
  { batchNorm }: { readonly batchNorm: boolean },
): readonly Part[] => [
  ['conv2d', { filters: narrow, ...window }],
  ['leaky-relu'],
  ['conv2d', { filters: wide, useBias: !batchNorm, ...window }],
  ...(batchNorm ? ([['batch-norm', { momentum: 0.9 }]] as const) : []),
  ['leaky-relu'],
  ['flatten'],
  ['dense', { units: 1, ...start }],
];

export const glyphImages = (size: number) => ({ source: 'glyphs', options: { size }, count: 2048 });
