/**
 * When a run keeps a snapshot, and which of them go where there are too many. Written for people in
 * docs/snapshots.md.
 */

/** Of one run, and of all runs of this browser together. */
export const snapshotLimits = { count: 200, bytes: 128e6, allBytes: 512e6 } as const;
export type SnapshotLimits = Readonly<Record<keyof typeof snapshotLimits, number>>;

/** Each interval is a tenth of the way so far. */
export const nextSnapshot = (iteration: number): number =>
  Math.max(iteration + 1, Math.ceil(1.1 * iteration));

interface Kept {
  readonly iteration: number;
  readonly bytes: number;
}

export const bytesOf = (kept: readonly Pick<Kept, 'bytes'>[]): number =>
  kept.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Those that go until the rest keeps the limits: each time the one whose neighbours are nearest to each other, as
 * a ratio of iterations; of equals the oldest. The first and the newest stay. `kept` is in order of iterations.
 */
export function findSurplus(
  kept: readonly Kept[],
  limits: Pick<SnapshotLimits, 'count' | 'bytes'> = snapshotLimits,
): readonly number[] {
  const left = [...kept];
  const gone: number[] = [];
  let bytes = bytesOf(left);
  while (left.length > 2 && (bytes > limits.bytes || left.length > limits.count)) {
    const [surplus] = left.splice(leastMissed(left), 1) as [Kept];
    bytes -= surplus.bytes;
    gone.push(surplus.iteration);
  }
  return gone;
}

function leastMissed(kept: readonly Kept[]): number {
  const at = (i: number) => (kept[i]?.iteration ?? 0) + 1;
  let [best, least] = [1, Number.POSITIVE_INFINITY];
  for (let i = 1; i < kept.length - 1; i++) {
    const ratio = at(i + 1) / at(i - 1);
    if (ratio < least) [best, least] = [i, ratio];
  }
  return best;
}
