/** `npm run build`: builds the app unless the last build was made from the same sources. */
import { buildIfNeeded } from './build.mjs';

try {
  if (!(await buildIfNeeded())) console.log('The last build is of the same sources.');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
