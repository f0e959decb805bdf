import { withParams } from '@/lib/train/testing/train';
import { muted, replaced, rewired } from '../controls';
import { at, type Control, positionOf, type System, within } from '../system';

/** How rates fall. */
const linear = { curve: 'linear' };
const cosine = { curve: 'cosine' };
const halfway = { curve: 'step', end: 0.5 };

/** First games and their dynamics. */
export const firstGames: readonly System[] = [
  {
    example: 'gaussian-1d',
    iterations: 2_000,
    seeds: [1, 2, 3, 11],
    fast: [1],
    // The players circle the equilibrium: where they are at one moment says little.
    averaged: { from: 1_000, every: 20 },
    bars: {
      'averaged/moments.mean': [
        ['>=', 3.85],
        ['<=', 4.15],
      ],
      'averaged/moments.sd': [
        ['>=', 1.13],
        ['<=', 1.37],
      ],
    },
    // Found early, held to less: the only system with momentum among the fast ones.
    brief: {
      iterations: 300,
      averaged: { from: 150, every: 10 },
      bars: {
        'averaged/moments.mean': [
          ['>=', 3.7],
          ['<=', 4.3],
        ],
        'averaged/moments.sd': [
          ['>=', 1],
          ['<=', 1.5],
        ],
      },
    },
  },
  {
    example: 'gan-lab',
    iterations: 5_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: { 'distance.distance': [['<=', 0.1]] },
    // The same game by other objectives, optimizers and schedules: found early, held to less.
    brief: {
      iterations: 1_000,
      bars: Object.fromEntries(
        ['', 'squares/', 'hinge/', 'pairs/', 'energy/'].map((of) => [
          `${of}distance.distance`,
          [['<=', 0.15]],
        ]),
      ),
      controls: {
        squares: otherGame('least squares, RMSProp', ['loss-least-squares', 'rmsprop'], linear, [5e-3, 2e-3]),
        hinge: otherGame('hinge, AdamW', ['loss-hinge', 'adamw'], cosine, [5e-3, 2e-3]),
        pairs: otherGame('relativistic, AdaGrad', ['loss-relativistic', 'adagrad'], halfway, [0.1, 0.03]),
        energy: energyGame(otherGame('energy, AdaGrad', ['loss-energy', 'adagrad'], linear, [0.1, 0.03])),
      },
    },
  },
  ...(['gan-lab-line', 'gan-lab-ring', 'gan-lab-clusters'] as const).map((example) => ({
    example,
    iterations: 5_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: { 'distance.distance': [['<=', 0.1]] } as const,
  })),
  {
    example: 'minimax-vs-non-saturating',
    iterations: 500,
    seeds: [1, 2, 3],
    fast: [1],
    bars: {
      'minimax/moved': [['<=', 0.25]],
      'heuristic-distance.distance': [['<=', 0.3]],
    },
    derive: (figures) => ({
      'minimax/moved':
        at(figures, 'start/minimax-distance.distance') - at(figures, 'minimax-distance.distance'),
    }),
  },
  {
    example: 'optimal-discriminator',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'ratio.meanError': [['<=', 0.01]],
      'ratio.maxError': [['<=', 0.12]],
      'ratio.valueGap': [
        ['>=', -1e-4],
        ['<=', 0.005],
      ],
    },
  },
  {
    example: 'label-smoothing',
    iterations: 2_000,
    seeds: [1, 2, 3],
    fast: [],
    bars: {
      'ratio.meanError': [['<=', 0.01]],
      largest: [['<=', 0.93]],
      // The best D for both sides is a tenth of q / (p + q) higher, 0.05 in the mean.
      'control/ratio.meanError': [['>=', 0.04]],
    },
    controls: {
      control: {
        says: 'both sides smoothed',
        change: (graph) => withParams(graph, { loss: { fakeTarget: 0.1 } }),
      },
    },
    derive: (figures) => ({
      largest: 1 / (1 + Math.exp(-Math.max(at(figures, 'logits.max'), at(figures, 'logits.max2')))),
    }),
  },
  {
    example: 'maximum-likelihood',
    iterations: 3_000,
    seeds: [1, 2, 3],
    fast: [1],
    bars: {
      'fakes.mean': [
        ['>=', 1.4],
        ['<=', 1.6],
      ],
      'fakes.sd': within(0.8, 0.15),
    },
    brief: {
      iterations: 1_500,
      bars: {
        'fakes.mean': [
          ['>=', 1.2],
          ['<=', 1.8],
        ],
        'fakes.sd': within(0.8, 0.3),
      },
    },
  },
  {
    example: 'xy',
    iterations: 500,
    seeds: [1, 2, 3],
    fast: [1],
    // Taking turns keeps x² + y² - ηxy: 1.8 from (1, 1) at η = 0.2; simultaneous steps grow r² by 1.04^500.
    bars: { kept: within(1.8, 1e-3), 'control/growth': within(1, 1e-2) },
    controls: {
      control: {
        says: 'both at once',
        change: (graph) => ({ ...graph, settings: { ...graph.settings, update: 'simultaneous' } }),
      },
    },
    derive: (figures) => {
      const { x, y } = positionOf(figures, '');
      const control = positionOf(figures, 'control/');
      return {
        kept: x * x + y * y - 0.2 * x * y,
        'control/growth': Math.hypot(control.x, control.y) / (Math.SQRT2 * 1.04 ** 250),
      };
    },
  },
  {
    example: 'dirac-gan',
    iterations: 500,
    seeds: [1, 2, 3],
    fast: [1],
    bars: { radius: within(2.3e-7, 1e-2), 'control/radius': within(1.421, 1e-2) },
    controls: {
      control: { says: 'no penalty', change: (graph) => withParams(graph, { penalty: { weight: 0 } }) },
    },
    derive: (figures) => {
      const [r1, plain] = [positionOf(figures, ''), positionOf(figures, 'control/')];
      return { radius: Math.hypot(r1.x, r1.y), 'control/radius': Math.hypot(plain.x, plain.y) };
    },
  },
  {
    example: 'lookahead',
    iterations: 500,
    seeds: [1, 2, 3],
    fast: [1],
    // Five alternating steps M at η = 0.2, half of the way back: (I + M⁵) / 2, a hundred times from (1, 1).
    bars: { shrunk: within(1, 1e-2), 'control/radius': [['>=', 1.25]] },
    controls: { control: { says: 'no draws back', change: (graph) => muted(graph, 'back') } },
    derive: (figures) => {
      const [drawn, plain] = [positionOf(figures, ''), positionOf(figures, 'control/')];
      return {
        shrunk: Math.hypot(drawn.x, drawn.y) / lookaheadRadius(500, 5, 0.5, 0.2),
        'control/radius': Math.hypot(plain.x, plain.y),
      };
    },
  },
  {
    example: 'minimax-ring',
    iterations: 6_000,
    seeds: [1, 2, 3],
    fast: [],
    // Over the last thousand; D is updated once in each iteration.
    averaged: { from: 5_020, every: 20 },
    bars: {
      'quality.modes': [['>=', 8]],
      'quality.totalVariation': [['<=', 0.1]],
      'averaged/value.mean': [
        ['>=', Math.log(4) - 0.03],
        ['<=', Math.log(4) + 0.03],
      ],
    },
  },
];

/** How far from the equilibrium Lookahead ends xy, whose players take turns: from (1, 1), by its matrix. */
function lookaheadRadius(iterations: number, steps: number, alpha: number, rate: number): number {
  let [x, y] = [1, 1];
  for (let draw = 0; draw < iterations / steps; draw++) {
    const [slowX, slowY] = [x, y];
    for (let step = 0; step < steps; step++) {
      x -= rate * y;
      y += rate * x;
    }
    [x, y] = [slowX + alpha * (x - slowX), slowY + alpha * (y - slowY)];
  }
  return Math.hypot(x, y);
}

/** GAN Lab's game with scores for probabilities, and rates of D and G that fall to a hundredth. */
function otherGame(
  says: string,
  [loss, optimizer]: readonly [string, string],
  fall: object,
  [d, g]: readonly [number, number],
): Control {
  const rate = (from: number) => ({ learningRate: { from, to: from / 100, ...fall } });
  return {
    says,
    change: (graph) =>
      replaced(graph, {
        loss: { kind: loss, params: {} },
        'd-act-3': { state: 'bypassed' },
        'sgd-d': { kind: optimizer, params: { ...rate(d), steps: 2, order: 0 } },
        'sgd-g': { kind: optimizer, params: { ...rate(g), order: 1 } },
      }),
  };
}

/** With an autoencoder for D: the energy is how far it leaves a point from where it was. */
function energyGame({ says, change }: Control): Control {
  const ofPoint = (id: string) => ({ id, kind: 'distance', at: [0, 0] as const, params: { measure: 'rms' } });
  return {
    says,
    change: (graph) =>
      rewired(
        muted(withParams(change(graph), { 'd-dense-3': { units: 2 }, loss: { margin: 0.1 } }), 'surface'),
        {
          'real.a': 'data.x',
          'real.b': 'd-real.score',
          'made.a': 'fake.x',
          'made.b': 'd-fake.score',
          'loss.real': 'real.out',
          'loss.fake': 'made.out',
        },
        ofPoint('real'),
        ofPoint('made'),
      ),
  };
}
