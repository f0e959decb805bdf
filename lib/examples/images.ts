import gan3d from './3d-gan.json';
import acGanGlyphs from './ac-gan-glyphs.json';
import adaptiveAugmentation from './adaptive-augmentation.json';
import conditionalGanGlyphs from './conditional-gan-glyphs.json';
import dcgan16 from './dcgan-16.json';
import dcganGlyphs from './dcgan-glyphs.json';
import type { ExampleEntry } from './entry';
import latentArithmetic from './latent-arithmetic.json';
import lecam from './lecam.json';
import mnistAcgan from './mnist-acgan.json';
import progressiveGrowing from './progressive-growing.json';
import srgan from './srgan.json';
import stackedGlyphs from './stacked-glyphs.json';
import stylegan2 from './stylegan2.json';
import textToImage from './text-to-image.json';

/** Images: digits, faces, shapes and solids. */
export const images: readonly ExampleEntry[] = [
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
    id: 'stacked-glyphs',
    family: 'images',
    idea: 'Three digits in three colours, so a thousand modes: how many does G leave out?',
    paper: { label: 'Srivastava et al. 2017 (VEEGAN)', url: 'https://arxiv.org/abs/1705.07761' },
    rows: [39],
    tags: ['16 × 16', 'mode collapse'],
    picture: 'samples',
    document: stackedGlyphs,
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
    id: 'progressive-growing',
    family: 'images',
    idea: 'Digits of 4 px first, then 8, then 16: layers are faded in on both sides as the game goes on.',
    paper: { label: 'Karras et al. 2018', url: 'https://arxiv.org/abs/1710.10196' },
    rows: [36],
    tags: ['4 to 16 px', 'growing'],
    picture: 'samples',
    document: progressiveGrowing,
  },
  {
    id: 'stylegan2',
    family: 'images',
    idea: 'A learned constant, and a style that scales every filter: what z means is learned before anything is drawn.',
    paper: { label: 'Karras et al. 2020 (StyleGAN2)', url: 'https://arxiv.org/abs/1912.04958' },
    rows: [44],
    tags: ['16 × 16', 'styles'],
    picture: 'samples',
    document: stylegan2,
  },
  {
    id: 'mnist-acgan',
    family: 'images',
    idea: 'TensorFlow.js’s own GAN, on generated digits or on your MNIST: dropout, an embedding, two outputs.',
    paper: { label: 'Odena et al. 2017', url: 'https://arxiv.org/abs/1610.09585' },
    rows: [10],
    tags: ['28 × 28', 'labels'],
    picture: 'samples',
    document: mnistAcgan,
  },
  {
    id: 'latent-arithmetic',
    family: 'images',
    idea: 'Faces with glasses, less faces without, plus another face: sums of noise that can be seen.',
    paper: { label: 'Radford et al. 2015 (DCGAN)', url: 'https://arxiv.org/abs/1511.06434' },
    rows: [31, 32],
    tags: ['24 × 24', 'editing'],
    picture: 'samples',
    document: latentArithmetic,
  },
  {
    id: '3d-gan',
    family: 'images',
    idea: 'Boxes, balls, crosses and Ls out of voxels, to be turned by hand: convolutions in three dimensions.',
    paper: { label: 'Wu et al. 2016 (3D-GAN)', url: 'https://arxiv.org/abs/1610.07584' },
    rows: [29],
    tags: ['16 × 16 × 16'],
    picture: 'samples',
    document: gan3d,
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
    id: 'text-to-image',
    family: 'images',
    idea: '“red cross left” and its image: red crosses come though none was shown. D learns from wrong captions, too.',
    paper: { label: 'Reed et al. 2016', url: 'https://arxiv.org/abs/1605.05396' },
    rows: [28],
    tags: ['16 × 16', 'captions'],
    picture: 'samples',
    document: textToImage,
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
  {
    id: 'adaptive-augmentation',
    family: 'images',
    idea: 'Two hundred digits, and D sees them changed, as often as keeps it unsure: G copies less.',
    paper: { label: 'Karras et al. 2020 (ADA)', url: 'https://arxiv.org/abs/2006.06676' },
    rows: [45],
    tags: ['16 × 16', 'limited data'],
    picture: 'samples',
    document: adaptiveAugmentation,
  },
];
