import diracGan from './dirac-gan.json';
import type { ExampleEntry } from './entry';
import ganLab from './gan-lab.json';
import ganLabClusters from './gan-lab-clusters.json';
import ganLabLine from './gan-lab-line.json';
import ganLabRing from './gan-lab-ring.json';
import gaussian1d from './gaussian-1d.json';
import labelSmoothing from './label-smoothing.json';
import lookahead from './lookahead.json';
import maximumLikelihood from './maximum-likelihood.json';
import minimaxRing from './minimax-ring.json';
import minimaxVsNonSaturating from './minimax-vs-non-saturating.json';
import optimalDiscriminator from './optimal-discriminator.json';
import xy from './xy.json';

const ganLabPaper = { label: 'Kahng et al. 2018 (GAN Lab)', url: 'https://arxiv.org/abs/1809.01587' };
const goodfellow = { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' };

/** First games and their dynamics. */
export const firstGames: readonly ExampleEntry[] = [
  {
    id: 'gaussian-1d',
    family: 'first',
    idea: 'A generator bends uniform noise into one Gaussian, for a D that sees only four moments of a batch.',
    paper: {
      label: 'Nag 2017 (GANs in 50 lines)',
      url: 'https://github.com/devnag/pytorch-generative-adversarial-networks',
    },
    rows: [33],
    tags: ['1-D'],
    picture: 'densities',
    document: gaussian1d,
  },
  {
    id: 'gan-lab',
    family: 'first',
    idea: 'GAN Lab’s first game, taken apart: every layer and rate of it is a node.',
    paper: ganLabPaper,
    rows: [],
    tags: ['2-D'],
    picture: 'surface',
    document: ganLab,
  },
  {
    id: 'gan-lab-line',
    family: 'first',
    idea: 'A square of noise pressed flat onto a line, by networks of five and six units.',
    paper: ganLabPaper,
    rows: [],
    tags: ['2-D'],
    picture: 'surface',
    document: ganLabLine,
  },
  {
    id: 'gan-lab-ring',
    family: 'first',
    idea: 'A square of noise bent round a hole, until its ends meet in a seam.',
    paper: ganLabPaper,
    rows: [],
    tags: ['2-D'],
    picture: 'surface',
    document: ganLabRing,
  },
  {
    id: 'gan-lab-clusters',
    family: 'first',
    idea: 'One sheet gathered in three clusters, with threads between them: a generator folds, and cannot cut.',
    paper: ganLabPaper,
    rows: [],
    tags: ['2-D', 'failure explained'],
    picture: 'surface',
    document: ganLabClusters,
  },
  {
    id: 'minimax-vs-non-saturating',
    family: 'first',
    idea: 'One game played twice: the minimax generator stands still where the non-saturating one moves.',
    paper: goodfellow,
    rows: [1, 2],
    tags: ['1-D', 'failure explained'],
    picture: 'minimax-densities',
    document: minimaxVsNonSaturating,
  },
  {
    id: 'xy',
    family: 'dynamics',
    idea: 'The smallest game there is: its players turn round the equilibrium, and you choose how they move.',
    paper: { label: 'Gidel et al. 2019', url: 'https://arxiv.org/abs/1802.10551' },
    rows: [4, 34],
    tags: ['exact', '2 numbers'],
    picture: 'field',
    document: xy,
  },
  {
    id: 'dirac-gan',
    family: 'dynamics',
    idea: 'A GAN of two numbers that never ends without a penalty, and ends in a spiral with one.',
    paper: { label: 'Mescheder et al. 2018', url: 'https://arxiv.org/abs/1801.04406' },
    rows: [34],
    tags: ['exact', '2 numbers'],
    picture: 'field',
    document: diracGan,
  },
  {
    id: 'optimal-discriminator',
    family: 'first',
    idea: 'Two fixed distributions and no generator: a trained discriminator is their density ratio.',
    paper: goodfellow,
    rows: [5],
    tags: ['1-D', 'known truth'],
    picture: 'curve',
    document: optimalDiscriminator,
  },
  {
    id: 'label-smoothing',
    family: 'first',
    idea: 'Real is called 0.9, fake stays 0: the same density ratio, from a discriminator that is never sure.',
    paper: { label: 'Salimans et al. 2016', url: 'https://arxiv.org/abs/1606.03498' },
    rows: [11],
    tags: ['1-D', 'known truth'],
    picture: 'curve',
    document: labelSmoothing,
  },
  {
    id: 'maximum-likelihood',
    family: 'first',
    idea: 'Fakes weighed by the odds that D gives them: on average the step of the likelihood, with a wild variance.',
    paper: { label: 'Goodfellow 2014', url: 'https://arxiv.org/abs/1412.6515' },
    rows: [3],
    tags: ['1-D'],
    picture: 'densities',
    document: maximumLikelihood,
  },
  {
    id: 'lookahead',
    family: 'dynamics',
    idea: 'The turning game comes to rest: every five iterations both players are drawn half of the way back.',
    paper: { label: 'Chavdarova et al. 2021', url: 'https://arxiv.org/abs/2006.14567' },
    rows: [49],
    tags: ['exact', '2 numbers'],
    picture: 'field',
    document: lookahead,
  },
  {
    id: 'minimax-ring',
    family: 'first',
    idea: 'The game of 2014 run to its end, on wide modes: D’s loss climbs to log 4.',
    paper: goodfellow,
    rows: [1],
    tags: ['2-D'],
    picture: 'samples',
    document: minimaxRing,
  },
];
