/**
 * The families of systems, in the gallery's order: from the first games to the models that GANs are held against
 * (Goodfellow 2016, https://arxiv.org/abs/1701.00160, section 2: implicit and explicit densities).
 */
export const families = [
  { id: 'first', title: 'First games', idea: 'Small enough to follow every number.' },
  {
    id: 'dynamics',
    title: 'Training dynamics',
    idea: 'Two numbers, and what becomes of them, step by step.',
  },
  {
    id: 'objectives',
    title: 'Objectives',
    idea: 'Divergences, distances and margins instead of cross-entropy.',
  },
  {
    id: 'variety',
    title: 'Mode coverage',
    idea: 'Where generators leave modes out, and what brings them back.',
  },
  { id: 'labels', title: 'Labels and codes', idea: 'Ask for a class, or find the classes without a label.' },
  { id: 'encoders', title: 'Encoders', idea: 'From a sample to what it was made of.' },
  { id: 'translation', title: 'Translation', idea: 'From one domain into another, with pairs and without.' },
  { id: 'discrete', title: 'Discrete data', idea: 'Samples that no gradient passes through as they are.' },
  { id: 'images', title: 'Images', idea: 'Convolutions, also without a GPU.' },
  {
    id: 'densities',
    title: 'Explicit densities',
    idea: 'Models that know how likely a sample is, for contrast.',
  },
] as const;

export type Family = (typeof families)[number]['id'];
