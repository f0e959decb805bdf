import acGan from './ac-gan.json';
import alignflow from './alignflow.json';
import beliefNet from './belief-net.json';
import bigan from './bigan.json';
import biganGlyphs from './bigan-glyphs.json';
import conditionalGan from './conditional-gan.json';
import cyclegan from './cyclegan.json';
import cycleganShapes from './cyclegan-shapes.json';
import discreteOutputs from './discrete-outputs.json';
import type { ExampleEntry } from './entry';
import flow from './flow.json';
import grammar from './grammar.json';
import infogan from './infogan.json';
import infoganGlyphs from './infogan-glyphs.json';
import linearVae from './linear-vae.json';
import nextFrame from './next-frame.json';
import nextFrameDigits from './next-frame-digits.json';
import pix2pix from './pix2pix.json';
import projection from './projection.json';
import selfAttention from './self-attention.json';
import semiSupervised from './semi-supervised.json';
import stargan from './stargan.json';
import starganShapes from './stargan-shapes.json';
import vae from './vae.json';
import vaeGan from './vae-gan.json';

/** Labels, encoders, translation, discrete data and explicit densities. */
export const furtherModels: readonly ExampleEntry[] = [
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
    id: 'infogan-glyphs',
    family: 'labels',
    idea: 'Ten digits found without one label, and two numbers that move them about.',
    paper: { label: 'Chen et al. 2016', url: 'https://arxiv.org/abs/1606.03657' },
    rows: [9],
    tags: ['16 × 16', 'unsupervised'],
    picture: 'samples',
    document: infoganGlyphs,
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
    id: 'cyclegan-shapes',
    family: 'translation',
    idea: 'Filled shapes become outlines and back, without a pair: the way back is what keeps form, size and place.',
    paper: { label: 'Zhu et al. 2017', url: 'https://arxiv.org/abs/1703.10593' },
    rows: [24],
    tags: ['24 × 24'],
    picture: 'there',
    document: cycleganShapes,
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
    id: 'stargan-shapes',
    family: 'translation',
    idea: 'One generator, twelve translations: a filled disc outlined, striped, checked, and back.',
    paper: { label: 'Choi et al. 2018', url: 'https://arxiv.org/abs/1711.09020' },
    rows: [26],
    tags: ['24 × 24', 'labels'],
    picture: 'pairs',
    document: starganShapes,
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
    id: 'self-attention',
    family: 'translation',
    idea: 'Pixels that see only themselves, and attention, by which all of a rectangle agree on one grey.',
    paper: { label: 'Zhang et al. 2019 (SAGAN)', url: 'https://arxiv.org/abs/1805.08318' },
    rows: [],
    tags: ['8 × 8', 'pairs'],
    picture: 'pairs',
    document: selfAttention,
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
    id: 'next-frame-digits',
    family: 'translation',
    idea: 'A digit goes on or turns: of four next frames none is better. G compares moves, and draws one of sixteen.',
    paper: { label: 'Finn et al. 2016 (moves of the last frame)', url: 'https://arxiv.org/abs/1605.07157' },
    rows: [30],
    tags: ['16 × 16', 'video'],
    picture: 'frames',
    document: nextFrameDigits,
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
    id: 'bigan-glyphs',
    family: 'encoders',
    idea: 'What an encoder learns by playing, measured: digits that a linear map reads off its features.',
    paper: { label: 'Donahue et al. 2017', url: 'https://arxiv.org/abs/1605.09782' },
    rows: [22],
    tags: ['16 × 16', 'unsupervised'],
    picture: 'pairs',
    document: biganGlyphs,
  },
];
