/**
 * `npm run detectors:cures`: a game for each failure, as it is and with the first change that is offered for it, at
 * three seeds each: whether the failure is found, and whether it is there. About two minutes.
 */
import { checkGraph } from '@/lib/check/check';
import { startBackend } from '@/lib/engine/backend';
import type { Tf } from '@/lib/nodes/define';
import { curesOf } from '@/lib/store/cures';
import { createWatch, type Failure } from '@/lib/train/detectors/detectors';
import { gameOf, graphOf, type Recipe, type SmallGame } from './recipes';
import { checksOf, detectorFor, duels, type RecordedRun } from './runs';
import { trainGame } from './train-game';

const SEEDS = [1, 2, 3];
const recipe = (name: Recipe): SmallGame => gameOf(name, 'tuning', 1001);
const plain = recipe('starved');
const steps = (game: SmallGame, player: 'd' | 'g', params: object): SmallGame['players'] => ({
  ...game.players,
  [player]: { ...game.players[player], params: { ...game.players[player].params, ...params } },
});
/** Trains well as it is. */
const endless: SmallGame = {
  ...recipe('copying'),
  data: { source: 'ring', options: { modes: 5, radius: 1.5, sd: 0.25 } },
  settings: { ...plain.settings, batchSize: 64 },
};

/** A game for each failure. */
const examples: Readonly<Record<Exclude<Recipe, 'healthy'>, SmallGame>> = {
  collapse: { ...endless, players: steps(endless, 'g', { steps: 8 }) },
  vanishing: recipe('vanishing'),
  saturation: {
    ...recipe('vanishing'),
    loss: 'loss-non-saturating',
    players: { ...recipe('vanishing').players, g: { kind: 'adam', params: { learningRate: 0.00001 } } },
  },
  oscillation: recipe('oscillation'),
  exploding: {
    ...endless,
    loss: 'loss-wasserstein',
    players: steps(endless, 'd', { learningRate: 0.05 }),
  },
  dead: recipe('dead'),
  'not-finite': recipe('not-finite'),
  copying: recipe('copying'),
  starved: plain,
};

/** All that detectors find. */
function failuresIn(run: Pick<RecordedRun, 'iterations' | 'figures'>): readonly Failure[] {
  const watch = createWatch(duels);
  return checksOf(run).flatMap((check) => watch.add(check));
}

type Sick = keyof typeof examples;

/** What became of the failure, in words, and whether it is gone. */
async function attempt(tf: Tf, recipe: Sick, seed: number): Promise<{ words: string; isGone: boolean }> {
  const example = examples[recipe];
  const game: SmallGame = { ...example, settings: { ...example.settings, seed } };
  const graph = graphOf(game);
  const isIt = ({ detector }: Failure) => detector === detectorFor[recipe];
  const before = await trainGame(tf, game, graph);
  const failure = failuresIn(before).find(isIt);
  const [cure] = failure ? curesOf(failure, checkGraph(graph), graph) : [];
  if (!cure) return { words: `${before.sick}, not found`, isGone: false };
  const after = await trainGame(tf, game, cure.change(graph));
  const isGone = !failuresIn(after).some(isIt) && !after.sick.includes(recipe);
  return { words: `${before.sick} | ${cure.label} | ${after.sick || 'healthy'}`, isGone };
}

const { tf } = await startBackend('wasm');
const asked = process.argv.slice(2);
for (const recipe of Object.keys(examples) as Sick[]) {
  if (asked.length > 0 && !asked.includes(recipe)) continue;
  for (const seed of SEEDS) {
    const { words, isGone } = await attempt(tf, recipe, seed);
    console.log(`${recipe}, seed ${seed}: ${words}: ${isGone ? 'cured' : 'NOT CURED'}`);
    if (!isGone) process.exitCode = 1;
  }
}
