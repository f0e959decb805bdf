import beliefNet from './belief-net.json';
import bigan from './bigan.json';
import conditionalGan from './conditional-gan.json';
import cyclegan from './cyclegan.json';
import dcganGlyphs from './dcgan-glyphs.json';
import diracGan from './dirac-gan.json';
import discreteOutputs from './discrete-outputs.json';
import type { Family } from './families';
import ganLab from './gan-lab.json';
import gaussian1d from './gaussian-1d.json';
import infogan from './infogan.json';
import labelSmoothing from './label-smoothing.json';
import minimaxVsNonSaturating from './minimax-vs-non-saturating.json';
import optimalDiscriminator from './optimal-discriminator.json';
import ring from './ring.json';
import unrolledGan from './unrolled-gan.json';
import vae from './vae.json';
import wganGp from './wgan-gp.json';
import xy from './xy.json';

/** A system as a document, and what the gallery says of it. The lesson is the document's `about`. */
export interface ExampleEntry {
  readonly id: string;
  readonly family: Family;
  /** One line. */
  readonly idea: string;
  readonly paper: { readonly label: string; readonly url: string };
  /** The systems that it shows, by their numbers in the table of systems; empty where it is none of them. */
  readonly rows: readonly number[];
  readonly tags: readonly string[];
  /** The view whose picture stands for it. */
  readonly picture: string;
  /** A Ganvas document, not parsed yet. */
  readonly document: { readonly title: string };
}

const goodfellow = { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' };

/** Every example, in the gallery's order. Gallery, fixtures of tests and the command line read this list. */
export const examples: readonly ExampleEntry[] = [
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
    id: 'ring',
    family: 'variety',
    idea: 'Eight narrow modes that must all be found: the classic test for mode collapse, passed.',
    paper: { label: 'Srivastava et al. 2017 (VEEGAN)', url: 'https://arxiv.org/abs/1705.07761' },
    rows: [2],
    tags: ['2-D', 'mode collapse'],
    picture: 'samples',
    document: ring,
  },
  {
    id: 'gan-lab',
    family: 'first',
    idea: 'GAN Lab’s first game, taken apart: every layer and rate of it is a node.',
    paper: { label: 'Kahng et al. 2018 (GAN Lab)', url: 'https://arxiv.org/abs/1809.01587' },
    rows: [],
    tags: ['2-D'],
    picture: 'surface',
    document: ganLab,
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
    id: 'dcgan-glyphs',
    family: 'images',
    idea: 'Convolutions, batch norm and ten hand-drawn digits: images, without a GPU too.',
    paper: { label: 'Radford et al. 2015 (DCGAN)', url: 'https://arxiv.org/abs/1511.06434' },
    rows: [6],
    tags: ['28 × 28'],
    picture: 'samples',
    document: dcganGlyphs,
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
    id: 'conditional-gan',
    family: 'labels',
    idea: 'Ask for a mode and get it: labels for the generator, and a discriminator that checks them.',
    paper: { label: 'Mirza & Osindero 2014', url: 'https://arxiv.org/abs/1411.1784' },
    rows: [7],
    tags: ['2-D'],
    picture: 'one-label',
    document: conditionalGan,
  },
  {
    id: 'infogan',
    family: 'labels',
    idea: 'Eight classes found without one label: what the code says must be readable in the sample.',
    paper: { label: 'Chen et al. 2016', url: 'https://arxiv.org/abs/1606.03657' },
    rows: [9],
    tags: ['2-D', 'unsupervised'],
    picture: 'samples',
    document: infogan,
  },
  {
    id: 'unrolled-gan',
    family: 'variety',
    idea: 'A generator that looks five steps of its opponent ahead and learns through all of them.',
    paper: { label: 'Metz et al. 2017', url: 'https://arxiv.org/abs/1611.02163' },
    rows: [15],
    tags: ['2-D', 'mode collapse'],
    picture: 'samples',
    document: unrolledGan,
  },
  {
    id: 'wgan-gp',
    family: 'objectives',
    idea: 'A critic whose slope is held near one, and a generator that walks down it.',
    paper: { label: 'Gulrajani et al. 2017', url: 'https://arxiv.org/abs/1704.00028' },
    rows: [18],
    tags: ['2-D', 'Wasserstein'],
    picture: 'surface',
    document: wganGp,
  },
  {
    id: 'bigan',
    family: 'encoders',
    idea: 'An encoder learned by playing: data and latents in pairs, with nothing ever compared by distance.',
    paper: { label: 'Donahue et al. 2017', url: 'https://arxiv.org/abs/1605.09782' },
    rows: [22],
    tags: ['2-D'],
    picture: 'pairs',
    document: bigan,
  },
  {
    id: 'cyclegan',
    family: 'translation',
    idea: 'Translation without pairs: there and back again must be where it was, and that is not enough.',
    paper: { label: 'Zhu et al. 2017', url: 'https://arxiv.org/abs/1703.10593' },
    rows: [24],
    tags: ['2-D'],
    picture: 'moved',
    document: cyclegan,
  },
  {
    id: 'discrete-outputs',
    family: 'discrete',
    idea: 'A choice has no slope: Gumbel-softmax draws it and lends it one, down to a category of two in a hundred.',
    paper: { label: 'Jang et al. 2017', url: 'https://arxiv.org/abs/1611.01144' },
    rows: [37],
    tags: ['categories', 'gradients'],
    picture: 'densities',
    document: discreteOutputs,
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
    id: 'vae',
    family: 'densities',
    idea: 'A likelihood and no opponent: every mode is covered, and the space between them too.',
    paper: { label: 'Kingma & Welling 2013', url: 'https://arxiv.org/abs/1312.6114' },
    rows: [38],
    tags: ['2-D', 'contrast'],
    picture: 'samples',
    document: vae,
  },
  {
    id: 'belief-net',
    family: 'densities',
    idea: 'The exact probability of every picture of ten bits, and samples that are drawn one bit at a time.',
    paper: { label: 'Germain et al. 2015 (MADE)', url: 'https://arxiv.org/abs/1502.03509' },
    rows: [41],
    tags: ['bits', 'contrast'],
    picture: 'samples',
    document: beliefNet,
  },
];

export const findExample = (id: string): ExampleEntry | undefined =>
  examples.find((example) => example.id === id);
