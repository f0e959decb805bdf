import type { Params, Sketch, Sketched } from './sketch';

export const dense = (units: number, params: Params = {}): Sketched => ['dense', { units, ...params }];
export const tanh: Sketched = ['tanh'];

export const generator = { ports: ['z', 'x'], layers: [dense(8), tanh, dense(2)] } as const;
export const critic = { ports: ['x', 'score'], layers: [dense(8), tanh, dense(1)] } as const;
export const sgd: Sketched = ['sgd', { learningRate: 0.05 }];
/** z → G → fake; D on fake and data; two players of plain SGD. */
const gan = {
  networks: { G: generator, D: critic },
  nodes: {
    z: ['latent', { shape: [2] }],
    data: ['dataset', { source: 'two-moons' }],
    fake: ['call', { network: 'G' }],
    'd-real': ['call', { network: 'D' }],
    'd-fake': ['call', { network: 'D' }],
    loss: ['loss-non-saturating'],
    'sgd-d': sgd,
    'sgd-g': sgd,
  },
  wires: [
    'z.out > fake.z',
    'data.x > d-real.x',
    'fake.x > d-fake.x',
    'd-real.score > loss.real',
    'd-fake.score > loss.fake',
    'loss.d > sgd-d.loss',
    'loss.g > sgd-g.loss',
    'D.theta > sgd-d.theta',
    'G.theta > sgd-g.theta',
  ],
} as const satisfies Sketch;

interface Change {
  readonly networks?: Partial<Sketch['networks']>;
  readonly nodes?: Sketch['nodes'];
  readonly without?: readonly string[];
  readonly wires?: readonly string[];
  readonly settings?: Params;
}

/** The same with other networks and nodes, and without some of its wires. */
export const changed = ({ networks, nodes, without = [], wires = [], settings }: Change): Sketch => ({
  networks: { ...gan.networks, ...(networks as Sketch['networks']) },
  nodes: { ...gan.nodes, ...nodes },
  wires: [...gan.wires.filter((wire) => !without.includes(wire)), ...wires],
  ...(settings && { settings }),
});
