import acGan from './ac-gan.json';
import acGanGlyphs from './ac-gan-glyphs.json';
import alignflow from './alignflow.json';
import beliefNet from './belief-net.json';
import bigan from './bigan.json';
import conditionalGan from './conditional-gan.json';
import conditionalGanGlyphs from './conditional-gan-glyphs.json';
import cyclegan from './cyclegan.json';
import dcgan16 from './dcgan-16.json';
import dcganGlyphs from './dcgan-glyphs.json';
import discreteOutputs from './discrete-outputs.json';
import type { ExampleEntry } from './entry';
import flow from './flow.json';
import grammar from './grammar.json';
import infogan from './infogan.json';
import lecam from './lecam.json';
import linearVae from './linear-vae.json';
import nextFrame from './next-frame.json';
import pix2pix from './pix2pix.json';
import projection from './projection.json';
import semiSupervised from './semi-supervised.json';
import srgan from './srgan.json';
import stargan from './stargan.json';
import vae from './vae.json';
import vaeGan from './vae-gan.json';

/** Labels, encoders, translation, discrete data, images and explicit densities. */
export const furtherModels: readonly ExampleEntry[] = [
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
    id: 'dcgan-16',
    family: 'images',
    idea: 'A whole DCGAN, three strides up and three down: samples so clear that they name real digits.',
    paper: { label: 'Radford et al. 2015 (DCGAN)', url: 'https://arxiv.org/abs/1511.06434' },
    rows: [6, 12],
    tags: ['16 × 16'],
    picture: 'samples',
    document: dcgan16,
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
    id: 'semi-supervised',
    family: 'labels',
    idea: 'Six labels and two thousand points without one: fakes teach a classifier where its border may run.',
    paper: { label: 'Salimans et al. 2016', url: 'https://arxiv.org/abs/1606.03498' },
    rows: [8, 13],
    tags: ['2-D', 'classifier'],
    picture: 'boundary',
    document: semiSupervised,
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
    id: 'projection',
    family: 'encoders',
    idea: 'Which z makes this picture? Search with G at rest, and edit: come nearer, and do not move far.',
    paper: { label: 'Zhu et al. 2016 (iGAN)', url: 'https://arxiv.org/abs/1609.03552' },
    rows: [31],
    tags: ['12 × 12', 'editing'],
    picture: 'edits',
    document: projection,
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
    id: 'alignflow',
    family: 'translation',
    idea: 'Two flows meet in one latent space: a cycle that closes by construction, and likelihoods beside the game.',
    paper: { label: 'Grover et al. 2020', url: 'https://arxiv.org/abs/1905.12892' },
    rows: [25],
    tags: ['2-D', 'likelihood'],
    picture: 'moved',
    document: alignflow,
  },
  {
    id: 'stargan',
    family: 'translation',
    idea: 'One generator for three domains: asked for one, it moves a sample there and keeps what is its own.',
    paper: { label: 'Choi et al. 2018', url: 'https://arxiv.org/abs/1711.09020' },
    rows: [26],
    tags: ['4 numbers', 'labels'],
    picture: 'moved',
    document: stargan,
  },
  {
    id: 'pix2pix',
    family: 'translation',
    idea: 'Each mask has two right answers: squared error fills in the grey between, D asks for one of them.',
    paper: { label: 'Isola et al. 2017', url: 'https://arxiv.org/abs/1611.07004' },
    rows: [23],
    tags: ['8 × 8', 'pairs'],
    picture: 'pairs',
    document: pix2pix,
  },
  {
    id: 'next-frame',
    family: 'translation',
    idea: 'A pixel goes left or right: squared error paints the mean of both futures, a GAN chooses one.',
    paper: { label: 'Mathieu et al. 2016', url: 'https://arxiv.org/abs/1511.05440' },
    rows: [30],
    tags: ['8 × 8', 'video'],
    picture: 'frames',
    document: nextFrame,
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
    id: 'grammar',
    family: 'discrete',
    idea: 'Sums of digits, letter by letter and all at once: a grammar that G is never given and mostly obeys.',
    paper: { label: 'Kusner & Hernández-Lobato 2016', url: 'https://arxiv.org/abs/1611.04051' },
    rows: [37],
    tags: ['strings', 'gradients'],
    picture: 'strings',
    document: grammar,
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
    id: 'vae-gan',
    family: 'encoders',
    idea: 'A VAE whose error is measured in what D sees, and whose samples D judges: codes, and no fog.',
    paper: { label: 'Larsen et al. 2016', url: 'https://arxiv.org/abs/1512.09300' },
    rows: [38],
    tags: ['2-D', 'autoencoder'],
    picture: 'samples',
    document: vaeGan,
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
  {
    id: 'linear-vae',
    family: 'densities',
    idea: 'A VAE of straight lines, whose best answer is known: probabilistic PCA.',
    paper: { label: 'Tipping & Bishop 1999', url: 'https://doi.org/10.1111/1467-9868.00196' },
    rows: [38],
    tags: ['exact', 'contrast'],
    picture: 'pairs',
    document: linearVae,
  },
  {
    id: 'flow',
    family: 'densities',
    idea: 'Noise bent by an invertible network, whose density is known exactly.',
    paper: { label: 'Dinh et al. 2017', url: 'https://arxiv.org/abs/1605.08803' },
    rows: [41],
    tags: ['2-D', 'contrast'],
    picture: 'samples',
    document: flow,
  },
  {
    id: 'ac-gan',
    family: 'labels',
    idea: 'D also says which class, and G must be recognised as what it was asked for.',
    paper: { label: 'Odena et al. 2017', url: 'https://arxiv.org/abs/1610.09585' },
    rows: [10],
    tags: ['2-D'],
    picture: 'samples',
    document: acGan,
  },
  {
    id: 'conditional-gan-glyphs',
    family: 'images',
    idea: 'A digit and its label are judged as a pair: a fine 3 that was asked for as a 5 is a fake.',
    paper: { label: 'Mirza & Osindero 2014', url: 'https://arxiv.org/abs/1411.1784' },
    rows: [7],
    tags: ['16 × 16', 'labels'],
    picture: 'samples',
    document: conditionalGanGlyphs,
  },
  {
    id: 'ac-gan-glyphs',
    family: 'images',
    idea: 'Ask for a digit and get it: D recognises what G was asked for, convolution by convolution.',
    paper: { label: 'Odena et al. 2017', url: 'https://arxiv.org/abs/1610.09585' },
    rows: [10],
    tags: ['16 × 16', 'labels'],
    picture: 'samples',
    document: acGanGlyphs,
  },
  {
    id: 'srgan',
    family: 'images',
    idea: 'Sixteen pixels become 256: squared error leaves the edges grey, D does not let grey pass.',
    paper: { label: 'Ledig et al. 2017 (SRGAN)', url: 'https://arxiv.org/abs/1609.04802' },
    rows: [27],
    tags: ['16 × 16', 'super-resolution'],
    picture: 'pairs',
    document: srgan,
  },
  {
    id: 'lecam',
    family: 'images',
    idea: 'A hundred digits and no more: D learns them by heart, unless its scores are held near each other.',
    paper: { label: 'Tseng et al. 2021', url: 'https://arxiv.org/abs/2104.03310' },
    rows: [46],
    tags: ['12 × 12', 'limited data'],
    picture: 'samples',
    document: lecam,
  },
];
