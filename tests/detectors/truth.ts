import type { CompiledGame } from '@/lib/compile/tf/game';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { nearestModes } from '@/lib/metrics/modes';
import { nearestRows } from '@/lib/metrics/nearest';
import { modePositions } from '@/lib/nodes/metrics/mode-positions';
import type { Health } from '@/lib/train/health';
import { defined } from '@/lib/util/assert';
import type { Recipe, SmallGame } from './recipes';

/**
 * What is wrong with a run, by other figures than those that detectors see: the modes of the known mixture, where fakes
 * went, what fresh data say. Each condition stands beside what it means.
 */
export interface Outcome {
  /** Mean of 1,000 fakes of fixed noise, in deviations of the data, every ten iterations. */
  readonly path: readonly (readonly number[])[];
  /** Share of the modes that get a quarter of what is theirs, at looks in the last third. */
  readonly reached: readonly number[];
  /** Of 2,000 fresh examples each: share judged right, of data and fakes, at looks in the last third. */
  readonly right: readonly (readonly [number, number])[];
  readonly failed: boolean;
  readonly last: Health | undefined;
  readonly first: Health;
  /** Median distance of fakes to the training examples over that of fresh data. */
  readonly copied: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export function sicknessesOf(game: SmallGame, outcome: Outcome): readonly Recipe[] | 'neither' {
  const { path, reached, right, failed, first, last, copied } = outcome;
  if (failed) return ['not-finite'];
  const found: Recipe[] = [];
  const third = Math.floor(path.length / 3);
  const [middle, end] = [path.slice(third, 2 * third), path.slice(-third)];
  const away = Math.hypot(...(path.at(-1) ?? []));
  const [swing, before] = [swingOf(end), swingOf(middle)];
  const share = mean(reached);
  if (reached.length > 0 && share <= 0.6) found.push('collapse');
  if (away > 1 && swing < 0.05) found.push('vanishing');
  if (
    right.length > 0 &&
    Math.min(mean(right.map(([real]) => real)), mean(right.map(([, fake]) => fake))) >= 0.95
  )
    found.push('saturation');
  if (swing > 0.6 && swing > 0.6 * before && turnsOf(end) >= 2) found.push('oscillation');
  const grown = (name: string) => (last?.figures[name] ?? 0) / (first.figures[name] || 1);
  if (Math.max(grown('weights.G'), grown('weights.D')) >= 10) found.push('exploding');
  if (Object.entries(last?.figures ?? {}).some(([name, value]) => name.startsWith('off.') && value >= 0.5))
    found.push('dead');
  if (copied < 0.3) found.push('copying');
  const { batchSize } = (game.settings ?? {}) as { batchSize?: number };
  if ((batchSize ?? 64) < 8 && game.generator.some(([kind]) => kind === 'batch-norm')) found.push('starved');
  if (found.length > 0) return found;
  return share >= 0.85 && away < 0.5 && swing < 0.5 ? [] : 'neither';
}

/** From end to end, in the direction that goes farther. */
const swingOf = (path: readonly (readonly number[])[]): number =>
  Math.max(...[0, 1].map((axis) => rangeOf(path.map((point) => point[axis] ?? 0))));
const rangeOf = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

/** How often the wider direction crosses its middle. */
function turnsOf(path: readonly (readonly number[])[]): number {
  const [a, b] = [0, 1].map((axis) => path.map((point) => point[axis] ?? 0)) as [number[], number[]];
  const wide = rangeOf(a) >= rangeOf(b) ? a : b;
  const middle = (Math.max(...wide) + Math.min(...wide)) / 2;
  return wide.filter((value, i) => i > 0 && value > middle !== (wide[i - 1] as number) > middle).length;
}

export function lookAt(game: CompiledGame) {
  // Endless data never repeats.
  const fresh = game.plan.game.some(({ id }) => id === 'unseen') ? 'unseen' : 'data';
  const read = async (node: string, port: string, rows: number) =>
    defined([...(await game.read([{ node, port }], rows)).values()][0], node);
  return {
    fakes: (rows: number) => read('fake', 'x', rows),
    data: (rows: number) => read(fresh, 'x', rows),
    scores: async (rows: number) => ({
      real: (await read('d-real', 'score', rows)).data,
      fake: (await read('d-fake', 'score', rows)).data,
    }),
    trained: () => read('data', 'x', 512),
  };
}

/** Share of the modes that get at least a quarter of their weight, samples going to the nearest. */
export function reachedModes(
  game: CompiledGame,
  fakes: { data: Float32Array; dims: readonly number[] },
): number | undefined {
  const node = defined(
    game.plan.game.find(({ id }) => id === 'data'),
    'data',
  );
  const definition = definitionOf(node.kind);
  const truth = definition.role === 'source' ? definition.truth?.(node.params) : undefined;
  const size = fakes.dims[1] ?? 1;
  const modes = modePositions(truth, size);
  if (!modes || modes.length < 2) return undefined;
  const found = nearestModes(fakes.data, size, modes, Number.POSITIVE_INFINITY);
  const counts = modes.map(
    ({ weight }, mode) => found.filter((each) => each === mode).length / found.length / weight,
  );
  return counts.filter((share) => share >= 0.25).length / modes.length;
}

export function copiedRatio(
  fakes: Float32Array,
  fresh: Float32Array,
  trained: Float32Array,
  size: number,
): number {
  const median = (rows: Float32Array) => {
    const { distance } = nearestRows(rows, trained, size);
    return distance.sort()[distance.length >> 1] ?? Number.NaN;
  };
  return median(fakes) / median(fresh);
}
