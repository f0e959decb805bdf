import type { Plan, PlanLayer } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { nearestRows } from '@/lib/metrics/nearest';
import { type Judge, judgeOf } from '@/lib/nodes/metrics/judge';
import { resolveParams } from '@/lib/nodes/params';
import { sameDims, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { range } from '@/lib/util/range';
import { dataLike } from './data-like';

/** The example of a data set that is nearest to each sample. */
export interface NearestRequest {
  /** Row-major. */
  readonly samples: Float32Array;
  /** Of one sample. */
  readonly dims: readonly number[];
  /** Number by number, or by what a classifier of the data sees in them. */
  readonly by: 'numbers' | 'features';
}

export interface NearestExamples {
  /** One for each sample, row-major. */
  readonly examples: Float32Array;
  /** Root mean squared difference of a number, or of a feature. */
  readonly distances: readonly number[];
  /** How many examples were drawn and compared: all of a smaller set are among them. */
  readonly compared: number;
}

/** Examples that are compared, and numbers in all of them at most. */
const COMPARED = 10_000;
const MOST_NUMBERS = 2 ** 24;

/** Undefined where no data set has examples of this shape, or classes for a classifier. */
export async function nearestExamples(
  game: CompiledGame,
  { samples, dims, by }: NearestRequest,
): Promise<NearestExamples | undefined> {
  const source = dataLike(game.plan, dims);
  if (!source) return undefined;
  const size = sizeOf(dims);
  const drawn = examplesOf(game, source.id, Math.min(COMPARED, Math.ceil(MOST_NUMBERS / size)));
  const classes = by === 'features' ? classesOf(source) : undefined;
  const judge = classes && judgeOf(classes, dims);
  if (by === 'features' && !judge) return undefined;
  const { index, distance } = judge
    ? nearestRows(judge.featuresOf(samples), featuresOf(judge, drawn), judge.features)
    : nearestRows(samples, drawn, size);
  const examples = new Float32Array(samples.length);
  index.forEach((row, i) => {
    if (row >= 0) examples.set(drawn.subarray(row * size, (row + 1) * size), i * size);
  });
  const numbers = judge?.features ?? size;
  return {
    examples,
    distances: Array.from(distance, (each) => each / Math.sqrt(numbers)),
    compared: drawn.length / size,
  };
}

/** Whether data of this shape have classes, by which a classifier learns to see them. */
export const hasFeatures = (plan: Plan, dims: readonly number[]): boolean => {
  const source = dataLike(plan, dims);
  return source !== undefined && sameDims(classesOf(source)?.dims ?? [], dims);
};

function classesOf({ kind, params }: PlanLayer) {
  const definition = definitionOf(kind);
  return definition.role === 'source' ? definition.truth?.(resolveParams(params, 0))?.classes : undefined;
}

/** Drawn once a game, by source: sliders ask again and again. */
const drawnByGame = new WeakMap<CompiledGame, Map<string, Float32Array>>();

function examplesOf(game: CompiledGame, source: string, count: number): Float32Array {
  const drawn = drawnByGame.get(game) ?? new Map<string, Float32Array>();
  drawnByGame.set(game, drawn);
  const examples = drawn.get(source) ?? defined(game.drawRows(source, range(count)).x, 'x');
  drawn.set(source, examples);
  return examples;
}

/** Of examples, once a classifier. */
const seenByJudge = new WeakMap<Judge, { readonly drawn: Float32Array; readonly features: Float32Array }>();

function featuresOf(judge: Judge, drawn: Float32Array): Float32Array {
  const known = seenByJudge.get(judge);
  if (known?.drawn === drawn) return known.features;
  const features = judge.featuresOf(drawn);
  seenByJudge.set(judge, { drawn, features });
  return features;
}
