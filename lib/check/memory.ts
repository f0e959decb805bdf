import type { Diagnostic } from '@/lib/graph/diagnostic';

/**
 * Peak memory of a run, from shapes alone. What is held depends on how updates are made (lib/compile/tf): the
 * constants below say what is counted and how often.
 */
export interface Memory {
  /** Bytes of the state, kept states included. */
  readonly base: number;
  /** What one update, or one look at views and metrics, takes beside it. The largest is the peak. */
  readonly moments: readonly Moment[];
}

interface Moment {
  /** Bytes whatever the batch. */
  readonly fixed: number;
  /** Bytes for each row of the batch. */
  readonly perRow: number;
}

export const FLOAT = 4;

/** How many of each the engine holds at the peak of what is counted. */
export const HELD = {
  /** The state in training, and two that a failure may fall back to. */
  states: 3,
  /**
   * Vectors over a player's θ while it moves: gradient by weight and flat, θ flat, change, new θ flat and by
   * weight; the new moments come on top, one for each slot of the optimizer.
   */
  vectors: 6,
  /** On top where the network keeps an average: average flat, scaled, new. */
  averageVectors: 3,
  /** While slow weights are followed: θ flat, difference, its share, new θ, and that by weight. */
  slowVectors: 5,
  /** Vectors over a player's θ while its gradient is computed: by weight, and workspace of the largest kernels. */
  gradientVectors: 2,
  /** Copies of every number that a layer gives in a forward pass. */
  outputs: 1,
  /** Copies of every number on the way from θ to the loss, for its gradient. */
  gradients: 1,
} as const;

/** What a WASM heap can address: 4 GiB less a page. No backend is given more. */
export const MOST_BYTES = 2 ** 32 - 2 ** 16;

export const bytesAt = ({ base, moments }: Memory, batchSize: number): number =>
  base + Math.max(0, ...moments.map(({ fixed, perRow }) => fixed + perRow * batchSize));

/** The largest batch that takes at most `limit` bytes; 0 where not even one row does. */
export function largestBatch(memory: Memory, batchSize: number, limit: number): number {
  const { base, moments } = memory;
  const fitting = moments.map(({ fixed, perRow }) =>
    perRow > 0 ? Math.floor((limit - base - fixed) / perRow) : batchSize,
  );
  const rows = Math.min(batchSize, ...fitting);
  return rows > 0 && bytesAt(memory, rows) <= limit ? rows : 0;
}

/** Why a game is refused before it starts, or undefined where it fits. */
export function memoryProblem(
  memory: Memory,
  batchSize: number,
  limit: number,
  where: string,
): Diagnostic | undefined {
  const bytes = bytesAt(memory, batchSize);
  if (bytes <= limit) return undefined;
  const fitting = largestBatch(memory, batchSize, limit);
  return {
    code: 'memory-too-large',
    severity: 'error',
    message: `One iteration would take about ${gigabytes(bytes)} of memory; ${where} has at most ${gigabytes(limit)}.`,
    hint:
      fitting > 0
        ? `A batch of ${fitting} would fit, instead of ${batchSize}; so would fewer units or filters.`
        : 'Not even a batch of 1 would fit: use fewer units or filters.',
  };
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toPrecision(2)} GB`;
