import { densities } from './rows/densities';
import { firstGames } from './rows/first-games';
import { furtherModels } from './rows/further-models';
import { gameVariants } from './rows/game-variants';
import { images } from './rows/images';
import { limitedData } from './rows/limited-data';
import { modeCoverage } from './rows/mode-coverage';
import type { System } from './system';

/** Every system that is proven to learn. Adding one is its document and a row. */
export const systems: readonly System[] = [
  ...firstGames,
  ...gameVariants,
  ...modeCoverage,
  ...furtherModels,
  ...images,
  ...limitedData,
  ...densities,
];
