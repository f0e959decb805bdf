import type { Plan, PlanNode, Ref } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import { sizeOf } from '@/lib/shapes/shape';

/** What calls give that score a sample: their mean over a batch, by node. */
export type ScoreValues = { readonly [call: string]: number };

interface Scored extends Ref {
  /** Its logits are read as probabilities. */
  readonly isLogit: boolean;
}

/** A score takes at most so much of a run's time, and is not read more often than it can be. */
const SHARE = 0.005;
const LEAST_PAUSE = 250;

interface Scorer {
  /** Scores, if it is time for some. They are of evaluation noise, and touch no state. */
  due(): Promise<ScoreValues | undefined>;
}

export function createScorer(game: CompiledGame, clock: () => number): Scorer {
  const scored = scoredCalls(game.plan);
  const rows = Math.min(MOST_ROWS, game.plan.settings.batchSize);
  let next = Number.NEGATIVE_INFINITY;
  return {
    async due() {
      const before = clock();
      if (scored.length === 0 || before < next) return undefined;
      const read = await game.read(scored, rows);
      const after = clock();
      next = after + Math.max(LEAST_PAUSE, (after - before) / SHARE);
      return Object.fromEntries(
        scored.map((ref) => {
          return [ref.node, meanScore(ref, read.get(refKey(ref))?.data)];
        }),
      );
    },
  };
}

const MOST_ROWS = 64;

/** Of a batch; of logits as probabilities. */
export const meanScore = (
  { isLogit }: Pick<Scored, 'isLogit'>,
  values: Float32Array = new Float32Array(0),
): number => mean(isLogit ? values.map((logit) => 1 / (1 + Math.exp(-logit))) : values);

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A loss on probabilities that is given logits; many losses take scores as they are. */
export const readsLogits = ({ kind, params }: PlanNode): boolean =>
  params.scores === 'logits' && definitionOf(kind).traits?.anyScores !== true;

/** Calls with one number per example that a loss reads. */
export function scoredCalls({ game }: Plan): readonly Scored[] {
  return game.flatMap(({ id, kind, outputShapes }) => {
    if (definitionOf(kind).role !== 'call') return [];
    const [port, ...others] = Object.entries(outputShapes).flatMap(([name, { dims }]) =>
      sizeOf(dims) === 1 ? [name] : [],
    );
    if (port === undefined || others.length > 0) return [];
    const readers = game.filter(
      (node) =>
        definitionOf(node.kind).role === 'loss' &&
        Object.values(node.inputs).some((refs) => refs.some((ref) => ref.node === id && ref.port === port)),
    );
    const isLogit = readers.some(readsLogits);
    return readers.length > 0 ? [{ node: id, port, isLogit }] : [];
  });
}
