import type { Sketch } from './sketch';
import { changed, critic, dense, tanh } from './small-gan';

/** Games whose losses or data draw noise of their own, some with a memory. */
export const noisyGames: Readonly<Record<string, Sketch>> = {
  'even paths': changed({
    networks: {
      M: { ports: ['z', 'w'], layers: [dense(3), tanh] },
      G: { ports: ['w', 'x'], layers: [dense(8), tanh, dense(60), ['reshape', { shape: [4, 5, 3] }]] },
      D: { ...critic, layers: [['flatten'], dense(8), tanh, dense(1)] },
    },
    nodes: {
      data: ['latent', { shape: [4, 5, 3] }],
      style: ['call', { network: 'M' }],
      even: ['path-length', { network: 'G', decay: 0.3, every: 2 }],
      sum: ['weighted-sum', { terms: { gan: 1, even: 1 } }],
    },
    without: ['z.out > fake.z', 'data.x > d-real.x', 'loss.g > sgd-g.loss'],
    wires: [
      'z.out > style.z',
      'style.w > fake.w',
      'style.w > even.at',
      'data.out > d-real.x',
      'loss.g > sum.gan',
      'even.out > sum.even',
      'sum.out > sgd-g.loss',
      'M.theta > sgd-g.theta',
    ],
  }),
  'diffused as it needs': changed({
    networks: {
      D: {
        ports: ['x', 'score'],
        layers: [['concat'], dense(8), tanh, dense(1)],
        beside: { t: ['network-input', { name: 't' }], waves: ['time-embedding', { size: 4 }] },
      },
    },
    nodes: {
      both: [
        'diffuse',
        { network: 'D', output: 'score', least: 20, most: 400, sd: 0.7, examples: 100, target: -0.2 },
      ],
    },
    without: ['data.x > d-real.x', 'fake.x > d-fake.x'],
    wires: [
      't.out > waves.in',
      'waves.out > D-1.in',
      'data.x > both.real',
      'fake.x > both.fake',
      'both.real > d-real.x',
      'both.fake > d-fake.x',
      'both.t > d-real.t',
      'both.t > d-fake.t',
    ],
  }),
  'a diffusion back': changed({
    networks: {
      G: {
        ports: ['z', 'x'],
        layers: [['concat'], dense(8), tanh, dense(2)],
        beside: { after: ['network-input', { name: 'after' }] },
      },
    },
    nodes: { there: ['diffusion-pair'], back: ['posterior'] },
    without: ['data.x > d-real.x', 'fake.x > d-fake.x'],
    wires: [
      'after.out > G-1.in',
      'data.x > there.in',
      'there.after > fake.after',
      'there.after > back.in',
      'fake.x > back.start',
      'there.t > back.t',
      'there.before > d-real.x',
      'back.out > d-fake.x',
    ],
  }),
};
