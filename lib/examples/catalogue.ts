import type { ExampleEntry } from './entry';
import { firstGames } from './first-games';
import { furtherModels } from './further-models';
import { gameVariants } from './game-variants';
import { images } from './images';

/** Every example, in the gallery's order. Gallery, fixtures of tests and the command line read this list. */
export const examples: readonly ExampleEntry[] = [
  ...firstGames,
  ...gameVariants,
  ...furtherModels,
  ...images,
];

export const findExample = (id: string): ExampleEntry | undefined =>
  examples.find((example) => example.id === id);
