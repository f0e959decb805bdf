import { type Part, row } from '@/lib/examples/row';
import { FORMAT_VERSION, type Graph, graphSchema, type Wire } from '@/lib/graph/schema';
import { createStream, type Stream } from '@/lib/util/random';

/** Small games in the plane, drawn from a seed: most train well, others are made to fail in one of the ways below. */
export const recipes = [
  'healthy',
  'collapse',
  'vanishing',
  'saturation',
  'oscillation',
  'exploding',
  'dead',
  'not-finite',
  'copying',
  'starved',
] as const;
export type Recipe = (typeof recipes)[number];

/** Settings that are used while rules are tuned, or only to test them. */
export type Half = 'tuning' | 'unseen';

export interface SmallGame {
  readonly data: { readonly source: string; readonly options: object; readonly count?: number };
  readonly loss: string;
  readonly generator: readonly Part[];
  readonly discriminator: readonly Part[];
  readonly latent: number;
  readonly players: Readonly<Record<'d' | 'g', { readonly kind: string; readonly params: object }>>;
  readonly settings?: object;
  /** Weight of a penalty on D's slope, and where. */
  readonly penalty?: { readonly weight: number; readonly at: string; readonly target: number };
}

const hidden = (units: number, layers: number, activation: string, norm?: string): Part[] =>
  Array.from({ length: layers }, (): Part[] => [
    ['dense', { units }],
    ...(norm ? [[norm] as const] : []),
    [activation],
  ]).flat();

const adam = (learningRate: unknown, beta1 = 0.5, more: object = {}) => ({
  kind: 'adam',
  params: { learningRate, beta1, beta2: 0.99, ...more },
});
const sgd = (learningRate: number, momentum = 0, more: object = {}) => ({
  kind: 'sgd',
  params: { learningRate, momentum, ...more },
});
const falling = (from: number) => ({ from, to: from / 50, curve: 'linear' });

interface Choices {
  readonly data: readonly SmallGame['data'][];
  readonly widths: readonly number[];
  readonly batch: readonly number[];
  readonly latent: readonly number[];
  readonly iterations: number;
}

const ring = (modes: number, radius: number, sd: number) => ({
  source: 'ring',
  options: { modes, radius, sd },
});

/** What the two halves have each for itself. */
const choices: Readonly<Record<Half, Choices>> = {
  tuning: {
    data: [
      ring(5, 1.5, 0.25),
      { source: 'grid', options: { columns: 2, spacing: 2, sd: 0.3 } },
      ring(8, 2, 0.3),
    ],
    widths: [32, 48],
    batch: [48, 64],
    latent: [2, 8],
    iterations: 400,
  },
  unseen: {
    data: [
      ring(4, 1.5, 0.2),
      ring(6, 2, 0.3),
      { source: 'grid', options: { columns: 3, spacing: 1.5, sd: 0.3 } },
    ],
    widths: [40, 56],
    batch: [40, 80],
    latent: [3, 6],
    iterations: 480,
  },
};

/** The game of a recipe at a seed. */
export function gameOf(recipe: Recipe, half: Half, seed: number): SmallGame {
  const own = choices[half];
  const stream = createStream(seed, recipe, half);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(stream.uniform() * from.length)] as T;
  const width = pick(own.widths);
  const base: SmallGame = {
    data: pick(own.data),
    loss: 'loss-non-saturating',
    latent: pick(own.latent),
    generator: [...hidden(width, 2, 'leaky-relu'), ['dense', { units: 2 }]],
    discriminator: [...hidden(width, 2, 'leaky-relu'), ['dense', { units: 1 }]],
    players: { d: adam(falling(0.006)), g: adam(falling(0.006)) },
    settings: { seed, batchSize: pick(own.batch), iterations: own.iterations },
  };
  return { ...base, ...makers[recipe]({ base, width, stream, pick, half }) };
}

interface Making {
  readonly base: SmallGame;
  readonly width: number;
  readonly stream: Stream;
  readonly half: Half;
  pick<T>(from: readonly T[]): T;
}

const between = ({ stream }: Making, low: number, high: number): number =>
  low * (high / low) ** stream.uniform();

const makers: Readonly<Record<Recipe, (making: Making) => Partial<SmallGame>>> = {
  healthy(making) {
    const { pick, base, width } = making;
    const norm = pick([undefined, undefined, 'batch-norm']);
    const generator: readonly Part[] = [
      ...hidden(width, 2, pick(['relu', 'leaky-relu']), norm),
      ['dense', { units: 2 }],
    ];
    const rate = falling(between(making, 0.004, 0.008));
    const r1 = { weight: 0.05, at: 'real', target: 0 };
    return pick<Partial<SmallGame>>([
      { generator, players: { d: adam(rate), g: adam(rate) } },
      { generator, players: { d: adam(rate), g: adam(rate) }, penalty: r1 },
      { generator, loss: 'loss-hinge', players: { d: adam(rate), g: adam(rate) }, penalty: r1 },
      { generator, loss: 'loss-least-squares', players: { d: adam(rate), g: adam(rate) }, penalty: r1 },
      { generator, loss: 'loss-relativistic', players: { d: adam(rate), g: adam(rate) }, penalty: r1 },
      {
        loss: 'loss-wasserstein',
        players: { d: adam(rate, 0.5, { steps: 2 }), g: adam(rate) },
        penalty: { weight: 0.1, at: 'interpolated', target: 1 },
        discriminator: base.discriminator,
      },
    ]);
  },
  collapse(making) {
    const { pick, base } = making;
    const rate = between(making, 0.003, 0.01);
    return {
      discriminator: [...hidden(pick([8, 12, 16]), 1, 'leaky-relu'), ['dense', { units: 1 }]],
      loss: pick(['loss-non-saturating', 'loss-minimax', 'loss-least-squares']),
      players: { d: adam(rate / 3), g: adam(rate, 0.5, { steps: pick([2, 3]) }) },
      generator: base.generator,
    };
  },
  vanishing(making) {
    const far = making.half === 'tuning' ? 12 : 20;
    return {
      loss: 'loss-minimax',
      data: { source: 'gaussian', options: { mean: far, sd: 0.5 } },
      players: {
        d: adam(between(making, 0.005, 0.02), 0.5, { steps: 2 }),
        g: sgd(between(making, 0.0001, 0.001)),
      },
    };
  },
  saturation: (making) => ({
    data: { source: 'ring', options: { modes: making.half === 'tuning' ? 8 : 6, radius: 2, sd: 0.01 } },
    discriminator: [...hidden(64, 2, 'leaky-relu'), ['dense', { units: 1 }]],
    players: {
      d: adam(between(making, 0.004, 0.01), 0.5, { steps: 2 }),
      g: adam(between(making, 0.00002, 0.0001)),
    },
  }),
  oscillation(making) {
    const { pick } = making;
    const rate = between(making, 0.06, 0.15);
    const data = { source: 'gaussian', options: { mean: making.half === 'tuning' ? 3 : 2, sd: 0.5 } };
    return {
      data,
      discriminator: [['dense', { units: 1 }]],
      generator: [['dense', { units: 1 }]],
      loss: pick(['loss-non-saturating', 'loss-wasserstein']),
      players: { d: sgd(rate), g: sgd(rate) },
      settings: { ...making.base.settings, update: pick(['alternating', 'simultaneous']) },
    };
  },
  exploding: (making) => ({
    loss: 'loss-wasserstein',
    players: { d: adam(between(making, 0.05, 0.15)), g: adam(between(making, 0.01, 0.03)) },
  }),
  dead: (making) => ({
    generator: [...hidden(making.width, 2, 'relu'), ['dense', { units: 2 }]],
    discriminator: [...hidden(making.width, 2, making.pick(['relu', 'leaky-relu'])), ['dense', { units: 1 }]],
    players: { d: adam(between(making, 0.02, 0.1), 0.9), g: adam(between(making, 0.05, 0.2), 0.9) },
  }),
  'not-finite': (making) => ({
    loss: making.pick(['loss-least-squares', 'loss-wasserstein']),
    players: { d: sgd(between(making, 2, 10)), g: sgd(between(making, 2, 10)) },
  }),
  copying: (making) => ({
    data: { ...ring(making.half === 'tuning' ? 8 : 6, 2, 0.6), count: making.pick([6, 8, 10]) },
    generator: [...hidden(64, 2, 'leaky-relu'), ['dense', { units: 2 }]],
    discriminator: [...hidden(64, 2, 'leaky-relu'), ['dense', { units: 1 }]],
    settings: { ...making.base.settings, iterations: 900 },
  }),
  starved: (making) => ({
    generator: [...hidden(making.width, 2, 'relu', 'batch-norm'), ['dense', { units: 2 }]],
    settings: { ...making.base.settings, batchSize: making.pick(making.half === 'tuning' ? [2, 4] : [3, 6]) },
  }),
};

const isLine = ({ data }: SmallGame): boolean => data.source === 'gaussian';

/** The whole game as a document. `unseen` draws what is never trained on. */
export function graphOf(game: SmallGame): Graph {
  const units = isLine(game) ? 1 : 2;
  const last = game.generator.slice(0, -1).concat([['dense', { units }]]);
  const generator = row('G', last, ['z', 'x']);
  const discriminator = row('D', game.discriminator, ['x', 'score']);
  const { count, ...data } = game.data;
  const node = (id: string, kind: string, params: object = {}) => ({ id, kind, at: [0, 0], params });
  const penalty = game.penalty && {
    nodes: [
      node('penalty', 'gradient-penalty', { network: 'D', input: 'x', output: 'score', ...game.penalty }),
      node('sum', 'weighted-sum', { terms: { game: 1, penalty: 1 } }),
    ],
    wires: [
      ...(game.penalty.at === 'fake' ? [] : [['data.x', 'penalty.real'] as Wire]),
      ...(game.penalty.at === 'real' ? [] : [['fake.x', 'penalty.fake'] as Wire]),
      ['loss.d', 'sum.game'] as Wire,
      ['penalty.out', 'sum.penalty'] as Wire,
    ],
  };
  return graphSchema.parse({
    format: 'ganvas',
    version: FORMAT_VERSION,
    settings: game.settings,
    networks: [
      { id: 'G', name: 'Generator', color: 'violet', at: [0, 0], size: [1, 1] },
      { id: 'D', name: 'Discriminator', color: 'amber', at: [0, 0], size: [1, 1] },
    ],
    nodes: [
      node('z', 'latent', { shape: [isLine(game) ? 1 : game.latent] }),
      node('data', 'dataset', { ...data, ...(count && { count }) }),
      node('unseen', 'dataset', data),
      node('fake', 'call', { network: 'G' }),
      node('d-fake', 'call', { network: 'D' }),
      node('d-real', 'call', { network: 'D' }),
      node('loss', game.loss),
      node('adam-d', game.players.d.kind, { ...game.players.d.params, order: 0 }),
      node('adam-g', game.players.g.kind, { ...game.players.g.params, order: 1 }),
      ...(count ? [node('copying', 'metric-copying', { cells: 1, samples: 300 })] : []),
      ...(penalty?.nodes ?? []),
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
      [penalty ? 'sum.out' : 'loss.d', 'adam-d.loss'],
      ['G.theta', 'adam-g.theta'],
      ['D.theta', 'adam-d.theta'],
      ...(penalty?.wires ?? []),
      ...(count
        ? [
            ['fake.x', 'copying.samples'],
            ['data.x', 'copying.data'],
            ['unseen.x', 'copying.unseen'],
          ]
        : []),
    ],
  }) as Graph;
}
