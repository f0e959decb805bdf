import dcganGlyphs from './dcgan-glyphs.json';
import ganLab from './gan-lab.json';
import gaussian1d from './gaussian-1d.json';
import minimaxVsNonSaturating from './minimax-vs-non-saturating.json';
import ring from './ring.json';

/** A system as a document, and what the gallery says of it. The lesson is the document's `about`. */
export interface ExampleEntry {
  readonly id: string;
  /** One line. */
  readonly idea: string;
  readonly paper: { readonly label: string; readonly url: string };
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
    idea: 'A generator bends uniform noise into one Gaussian, while you watch D lose its bearings.',
    paper: goodfellow,
    tags: ['1-D', 'first steps'],
    picture: 'densities',
    document: gaussian1d,
  },
  {
    id: 'ring',
    idea: 'Eight narrow modes that must all be found: the classic test for mode collapse, passed.',
    paper: { label: 'Srivastava et al. 2017 (VEEGAN)', url: 'https://arxiv.org/abs/1705.07761' },
    tags: ['2-D', 'mode collapse'],
    picture: 'samples',
    document: ring,
  },
  {
    id: 'gan-lab',
    idea: 'GAN Lab’s first game, taken apart: every layer and rate of it is a node.',
    paper: { label: 'Kahng et al. 2018 (GAN Lab)', url: 'https://arxiv.org/abs/1809.01587' },
    tags: ['2-D', 'first steps'],
    picture: 'surface',
    document: ganLab,
  },
  {
    id: 'minimax-vs-non-saturating',
    idea: 'One game played twice: the minimax generator stands still where the non-saturating one moves.',
    paper: goodfellow,
    tags: ['1-D', 'failure explained'],
    picture: 'minimax-densities',
    document: minimaxVsNonSaturating,
  },
  {
    id: 'dcgan-glyphs',
    idea: 'Convolutions, batch norm and ten hand-drawn digits: images, without a GPU too.',
    paper: { label: 'Radford et al. 2015 (DCGAN)', url: 'https://arxiv.org/abs/1511.06434' },
    tags: ['images'],
    picture: 'samples',
    document: dcganGlyphs,
  },
];

export const findExample = (id: string): ExampleEntry | undefined =>
  examples.find((example) => example.id === id);
