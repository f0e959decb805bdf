import { FORMAT_VERSION, type Graph, graphSchema } from '@/lib/graph/schema';
import { type Part, row } from './row';

/**
 * A complete game from three answers: which data, which architecture, which objective. What a newcomer gets
 * instead of a blank canvas; everything in it can be changed afterwards.
 */
export const dataChoices = [
  { id: 'gaussian', label: 'One Gaussian', about: 'Numbers: the curve of D is drawn above them.' },
  { id: 'ring', label: 'Ring', about: 'Points of eight Gaussians: shows mode collapse.' },
  { id: 'two-moons', label: 'Two moons', about: 'Points on two curves that hook into each other.' },
  { id: 'glyphs', label: 'Digits', about: 'Images of 28 × 28, drawn by a random hand.' },
] as const;

export const architectureChoices = [
  { id: 'small', label: 'Small', about: 'Two hidden layers of 32 units: fast, and forgets modes.' },
  { id: 'wide', label: 'Wide', about: 'Three hidden layers of 128 units.' },
  { id: 'convolutional', label: 'Convolutional', about: 'DCGAN: strided convolutions, for images.' },
] as const;

export const objectiveChoices = [
  { id: 'loss-non-saturating', label: 'Non-saturating', about: 'The usual one: G’s gradient stays strong.' },
  { id: 'loss-minimax', label: 'Minimax', about: 'The zero-sum game; G’s gradient may vanish.' },
  { id: 'loss-least-squares', label: 'Least squares', about: 'Scores are drawn to 0 and 1, smoothly.' },
] as const;

export interface Composition {
  readonly data: (typeof dataChoices)[number]['id'];
  readonly architecture: (typeof architectureChoices)[number]['id'];
  readonly objective: (typeof objectiveChoices)[number]['id'];
}

/** Convolutions want images. */
export const isPossible = ({ data, architecture }: Composition): boolean =>
  architecture !== 'convolutional' || data === 'glyphs';

export function composeGame(composition: Composition): Graph {
  const { data, objective } = composition;
  const isImage = data === 'glyphs';
  const label = <Id>(choices: readonly { readonly id: Id; readonly label: string }[], id: Id) =>
    choices.find((choice) => choice.id === id)?.label ?? '';
  const generator = row('G', generatorOf(composition), ['z', 'x']);
  const discriminator = row('D', discriminatorOf(composition), ['x', 'score']);
  const views = viewsOf(data);
  const adam = (player: 'd' | 'g') => ({
    id: `adam-${player}`,
    kind: 'adam',
    params: { ...rates[data][player], beta1: 0.5, beta2: 0.99, order: player === 'd' ? 0 : 1 },
  });
  const width = Math.max(generator.width, discriminator.width);
  const parsed = graphSchema.parse({
    format: 'ganvas',
    version: FORMAT_VERSION,
    title: `${label(dataChoices, data)}, ${label(objectiveChoices, objective).toLowerCase()}`,
    settings: { batchSize: isImage ? 32 : 128, iterations: isImage ? 2_000 : 6_000 },
    networks: [
      { id: 'G', name: 'Generator', color: 'violet', at: [0, 460], size: [width, 130] },
      { id: 'D', name: 'Discriminator', color: 'amber', at: [0, 610], size: [width, 130] },
    ],
    nodes: [
      { id: 'z', kind: 'latent', at: [0, 0], params: { shape: [isImage ? 64 : 2] } },
      { id: 'data', kind: 'dataset', at: [0, 110], params: { source: data } },
      { id: 'fake', kind: 'call', at: [200, 0], title: 'G(z)', params: { network: 'G' } },
      { id: 'd-fake', kind: 'call', at: [380, 0], title: 'D(G(z))', params: { network: 'D' } },
      { id: 'd-real', kind: 'call', at: [380, 110], title: 'D(x)', params: { network: 'D' } },
      { id: 'loss', kind: objective, at: [560, 40] },
      { ...adam('g'), at: [760, 0] },
      { ...adam('d'), at: [760, 110] },
      ...views.nodes,
      ...generator.nodes,
      ...discriminator.nodes,
    ],
    wires: [
      ...generator.wires,
      ...discriminator.wires,
      ['z.out', 'fake.z'],
      ['fake.x', 'd-fake.x'],
      ['data.x', 'd-real.x'],
      ['d-fake.score', 'loss.fake'],
      ['d-real.score', 'loss.real'],
      ['loss.g', 'adam-g.loss'],
      ['loss.d', 'adam-d.loss'],
      ['G.theta', 'adam-g.theta'],
      ['D.theta', 'adam-d.theta'],
      ...views.wires,
    ],
  });
  return parsed as Graph;
}

const falling = (from: number) => ({ learningRate: { from, to: 1e-5, curve: 'linear' } });
const plane = { d: falling(0.001), g: falling(0.001) };
/** On the line D must keep ahead of G, or the two circle each other. */
const rates = {
  gaussian: { d: falling(0.002), g: falling(0.0005) },
  ring: plane,
  'two-moons': plane,
  glyphs: { d: { learningRate: 0.0002 }, g: { learningRate: 0.0002 } },
};

const widths = { small: [32, 32], wide: [128, 128, 128], convolutional: [] } as const;
const SCALE = { init: 'normal', initScale: 0.05 };
const UPSCALE = { kernelSize: 4, strides: 2, ...SCALE };

function generatorOf({ data, architecture }: Composition): readonly Part[] {
  if (architecture === 'convolutional')
    return [
      ['dense', { units: 7 * 7 * 32, useBias: false, ...SCALE }],
      ['reshape', { shape: [7, 7, 32] }],
      ['batch-norm'],
      ['relu'],
      ['conv2d-transpose', { filters: 16, useBias: false, ...UPSCALE }], // [14, 14, 16]
      ['batch-norm'],
      ['relu'],
      ['conv2d-transpose', { filters: 1, ...UPSCALE }], // [28, 28, 1]
      ['tanh'],
    ];
  const hidden = widths[architecture].flatMap((units): Part[] => [['dense', { units }], ['relu']]);
  if (data === 'glyphs')
    return [...hidden, ['dense', { units: 784 }], ['tanh'], ['reshape', { shape: [28, 28, 1] }]];
  return [...hidden, ['dense', { units: data === 'gaussian' ? 1 : 2 }]];
}

function discriminatorOf({ data, architecture }: Composition): readonly Part[] {
  if (architecture === 'convolutional')
    return [
      ['conv2d', { filters: 16, ...UPSCALE }], // [14, 14, 16]
      ['leaky-relu'],
      ['conv2d', { filters: 32, useBias: false, ...UPSCALE }], // [7, 7, 32]
      ['batch-norm'],
      ['leaky-relu'],
      ['flatten'],
      ['dense', { units: 1, ...SCALE }],
    ];
  // A smooth D shows as a smooth curve on the line, and guides better there.
  const activation = data === 'gaussian' ? 'tanh' : 'leaky-relu';
  const hidden = widths[architecture].flatMap((units): Part[] => [['dense', { units }], [activation]]);
  return [...(data === 'glyphs' ? [['flatten'] as const] : []), ...hidden, ['dense', { units: 1 }]];
}

/** What is looked at and measured, by what the data is: numbers, points or images. */
function viewsOf(data: Composition['data']) {
  const surface = { kind: 'view-surface', params: { network: 'D', input: 'x', output: 'score' } };
  const samples = [
    ['data.x', 'samples.real'],
    ['fake.x', 'samples.fake'],
  ];
  const value = {
    nodes: [{ id: 'opinion', kind: 'metric-value', at: [600, 240], title: 'D of real and fake' }],
    wires: [
      ['d-real.score', 'opinion.in'],
      ['d-fake.score', 'opinion.in'],
    ],
  };
  if (data === 'glyphs')
    return {
      nodes: [{ id: 'samples', kind: 'view-samples', at: [380, 240], size: [190, 190] }, ...value.nodes],
      wires: [['fake.x', 'samples.fake'], ...value.wires],
    };
  const distance = {
    nodes: [{ id: 'distance', kind: 'metric-wasserstein', at: [600, 240] }],
    wires: [
      ['fake.x', 'distance.samples'],
      ['data.x', 'distance.data'],
    ],
  };
  const modes = {
    nodes: [{ id: 'modes', kind: 'metric-modes', at: [600, 240], params: { dataset: 'data' } }],
    wires: [['fake.x', 'modes.samples']],
  };
  const metric = data === 'ring' ? modes : distance;
  const size = data === 'gaussian' ? [320, 190] : [190, 190];
  return {
    nodes: [
      { id: 'samples', title: 'Samples and D', at: [data === 'gaussian' ? 240 : 380, 240], size, ...surface },
      ...metric.nodes,
    ],
    wires: [...samples, ...metric.wires],
  };
}
