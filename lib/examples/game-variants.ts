import adversarialFlow from './adversarial-flow.json';
import denoisingDiffusion from './denoising-diffusion.json';
import diffusionGan from './diffusion-gan.json';
import disjointSupports from './disjoint-supports.json';
import ebgan from './ebgan.json';
import type { ExampleEntry } from './entry';
import fGan from './f-gan.json';
import grid25 from './grid25.json';
import hinge from './hinge.json';
import lsgan from './lsgan.json';
import minibatchStatistics from './minibatch-statistics.json';
import modeCollapse from './mode-collapse.json';
import modeSeeking from './mode-seeking.json';
import r1Gan from './r1-gan.json';
import r3gan from './r3gan.json';
import relativistic from './relativistic.json';
import ring from './ring.json';
import spectralNorm from './spectral-norm.json';
import unrolledGan from './unrolled-gan.json';
import virtualBatchNorm from './virtual-batch-norm.json';
import wganClipping from './wgan-clipping.json';
import wganGp from './wgan-gp.json';

/** Other objectives, and what brings modes back. */
export const gameVariants: readonly ExampleEntry[] = [
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
    id: 'grid25',
    family: 'variety',
    idea: 'Twenty-five narrow modes with nothing between them: the harder test for mode collapse, passed.',
    paper: { label: 'Srivastava et al. 2017 (VEEGAN)', url: 'https://arxiv.org/abs/1705.07761' },
    rows: [39, 42],
    tags: ['2-D', 'mode collapse'],
    picture: 'samples',
    document: grid25,
  },
  {
    id: 'denoising-diffusion',
    family: 'variety',
    idea: 'The way back from noise in four steps, a GAN for each: twenty-five narrow modes, all of them found.',
    paper: { label: 'Xiao et al. 2022', url: 'https://arxiv.org/abs/2112.07804' },
    rows: [48],
    tags: ['2-D', 'diffusion'],
    picture: 'samples',
    document: denoisingDiffusion,
  },
  {
    id: 'r3gan',
    family: 'variety',
    idea: 'Fakes held against data, pair by pair, and D’s slope kept small: a GAN without tricks.',
    paper: { label: 'Huang et al. 2024', url: 'https://arxiv.org/abs/2501.05441' },
    rows: [42],
    tags: ['2-D', 'mode collapse'],
    picture: 'surface',
    document: r3gan,
  },
  {
    id: 'r1-gan',
    family: 'variety',
    idea: 'A price on D’s slope at the data, and at rest none: the modes that a plain game gives up are kept.',
    paper: { label: 'Mescheder et al. 2018', url: 'https://arxiv.org/abs/1801.04406' },
    rows: [39],
    tags: ['2-D', 'mode collapse'],
    picture: 'surface',
    document: r1Gan,
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
    id: 'f-gan',
    family: 'objectives',
    idea: 'Six divergences measured by one critic, from below, beside what they truly are.',
    paper: { label: 'Nowozin et al. 2016', url: 'https://arxiv.org/abs/1606.00709' },
    rows: [16],
    tags: ['1-D', 'known truth'],
    picture: 'ratio',
    document: fGan,
  },
  {
    id: 'disjoint-supports',
    family: 'objectives',
    idea: 'Two segments that never meet: a discriminator has no slope to offer, a critic has the distance’s.',
    paper: { label: 'Arjovsky et al. 2017', url: 'https://arxiv.org/abs/1701.07875' },
    rows: [35],
    tags: ['2-D', 'failure explained', 'Wasserstein'],
    picture: 'slope',
    document: disjointSupports,
  },
  {
    id: 'diffusion-gan',
    family: 'objectives',
    idea: 'Two segments that never meet, blurred until they do: as much noise as D needs, and no more.',
    paper: { label: 'Wang et al. 2023', url: 'https://arxiv.org/abs/2206.02262' },
    rows: [47],
    tags: ['2-D', 'diffusion'],
    picture: 'overlap',
    document: diffusionGan,
  },
  {
    id: 'adversarial-flow',
    family: 'variety',
    idea: 'Of all maps from noise to data the one that moves least: two games from different starts find the same.',
    paper: { label: 'Lin et al. 2025', url: 'https://arxiv.org/abs/2511.22475' },
    rows: [43],
    tags: ['1-D', 'optimal transport'],
    picture: 'maps',
    document: adversarialFlow,
  },
  {
    id: 'wgan-clipping',
    family: 'objectives',
    idea: 'A critic whose every weight is cut after each step: the first way to hold its slope, and a blunt one.',
    paper: { label: 'Arjovsky et al. 2017', url: 'https://arxiv.org/abs/1701.07875' },
    rows: [17],
    tags: ['2-D', 'Wasserstein'],
    picture: 'surface',
    document: wganClipping,
  },
  {
    id: 'mode-seeking',
    family: 'objectives',
    idea: 'One bell for two modes: KL covers both, reverse KL settles on less.',
    paper: { label: 'Nowozin et al. 2016', url: 'https://arxiv.org/abs/1606.00709' },
    rows: [16],
    tags: ['1-D'],
    picture: 'bells-kl',
    document: modeSeeking,
  },
  {
    id: 'hinge',
    family: 'objectives',
    idea: 'A margin and no more: what D already gets right by one pulls at nothing.',
    paper: { label: 'Lim & Ye 2017 (geometric GAN)', url: 'https://arxiv.org/abs/1705.02894' },
    rows: [21],
    tags: ['2-D'],
    picture: 'samples',
    document: hinge,
  },
  {
    id: 'relativistic',
    family: 'objectives',
    idea: 'How much more real than a fake? Only the difference of two scores counts, and data is in G’s loss too.',
    paper: { label: 'Jolicoeur-Martineau 2018 (RGAN)', url: 'https://arxiv.org/abs/1807.00734' },
    rows: [],
    tags: ['2-D', 'pairs of scores'],
    picture: 'surface',
    document: relativistic,
  },
  {
    id: 'spectral-norm',
    family: 'objectives',
    idea: 'Each layer of D divided by the most that it can stretch: a slope held down with no penalty and no clipping.',
    paper: { label: 'Miyato et al. 2018', url: 'https://arxiv.org/abs/1802.05957' },
    rows: [],
    tags: ['2-D'],
    picture: 'surface',
    document: spectralNorm,
  },
  {
    id: 'lsgan',
    family: 'objectives',
    idea: 'Scores pulled to 0 and 1 by squared distance: a fake far from its label is pulled hard, on either side.',
    paper: { label: 'Mao et al. 2017', url: 'https://arxiv.org/abs/1611.04076' },
    rows: [19],
    tags: ['2-D'],
    picture: 'surface',
    document: lsgan,
  },
  {
    id: 'mode-collapse',
    family: 'variety',
    idea: 'A game that is made to fail, how the failure is found, and the change that cures it.',
    paper: { label: 'Goodfellow 2016, section 5.1.1', url: 'https://arxiv.org/abs/1701.00160' },
    rows: [39],
    tags: ['2-D', 'mode collapse', 'guided'],
    picture: 'samples',
    document: modeCollapse,
  },
  {
    id: 'minibatch-statistics',
    family: 'variety',
    idea: 'A discriminator that sees how much its batch varies, and so what is missing from it.',
    paper: { label: 'Salimans et al. 2016', url: 'https://arxiv.org/abs/1606.03498' },
    rows: [14, 39],
    tags: ['2-D', 'mode collapse'],
    picture: 'samples',
    document: minibatchStatistics,
  },
  {
    id: 'virtual-batch-norm',
    family: 'variety',
    idea: 'Half of a batch’s noise set to zero: with batch norm the other samples change, too.',
    paper: { label: 'Salimans et al. 2016', url: 'https://arxiv.org/abs/1606.03498' },
    rows: [12],
    tags: ['2-D', 'failure explained'],
    picture: 'samples',
    document: virtualBatchNorm,
  },
  {
    id: 'ebgan',
    family: 'objectives',
    idea: 'The discriminator is an autoencoder: what it cannot draw again is fake.',
    paper: { label: 'Zhao et al. 2017', url: 'https://arxiv.org/abs/1609.03126' },
    rows: [20],
    tags: ['2-D', 'energy'],
    picture: 'samples',
    document: ebgan,
  },
];
