/**
 * Records the runs that detectors are tuned on and tested with, one line of JSON each:
 * `npx tsx tests/detectors/record.ts 0 110 | gzip -9 > tests/detectors/runs.jsonl.gz`, about half an hour. Every second
 * run of a half is meant to be healthy, the others are of the other recipes in turn.
 */
import { startBackend } from '@/lib/engine/backend';
import { gameOf, graphOf, type Recipe, recipes } from './recipes';
import { trainGame } from './train-game';

const [from, to] = process.argv.slice(2).map(Number);
const { tf } = await startBackend('wasm');
const sickRecipes = recipes.filter((recipe) => recipe !== 'healthy');
for (let i = from ?? 0; i < (to ?? 0); i++)
  for (const half of ['tuning', 'unseen'] as const) {
    const recipe = i % 2 === 0 ? 'healthy' : (sickRecipes[((i - 1) / 2) % sickRecipes.length] as Recipe);
    const seed = (half === 'tuning' ? 1000 : 5000) + i;
    const game = gameOf(recipe, half, seed);
    console.log(JSON.stringify({ recipe, half, seed, ...(await trainGame(tf, game, graphOf(game))) }));
  }
