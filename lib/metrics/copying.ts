import type { Stream } from '@/lib/util/random';
import { nearestRows } from './nearest';

/**
 * Are samples nearer to the training data than examples that were never trained on? (Meehan et al. 2020, "A
 * non-parametric test to detect data-copying in generative models".) The space is cut into cells around means of the
 * training data, so that copying in one place is not made up for by what is far off in another.
 */
interface Copying {
  /**
   * C_T: the Z-score of Mann and Whitney's U of distances to the nearest training example, samples against unseen
   * examples, a mean over cells weighted by the unseen in each. Far below 0 samples are copies, far above they miss the
   * data. NaN where no cell has enough of all three.
   */
  readonly score: number;
  /** Share of pairs of a sample and an unseen example of one cell in which the sample is nearer: a half by chance. */
  readonly nearer: number;
}

/** Multiply-adds that one measurement may take; of larger sets the first rows are used. */
const MOST_WORK = 1e9;
/** In a cell with fewer samples U is not near to normal. */
const LEAST_SAMPLES = 20;
const ROUNDS = 10;

interface Compared {
  readonly samples: Float32Array;
  readonly unseen: Float32Array;
  /** What was trained on. */
  readonly data: Float32Array;
}

export function copyingFigures(given: Compared, size: number, cells: number, stream: Stream): Copying {
  const most = Math.floor(Math.sqrt(MOST_WORK / size)) * size;
  const cut = (rows: Float32Array) => rows.subarray(0, most);
  const [samples, unseen, data] = [cut(given.samples), cut(given.unseen), cut(given.data)];
  const means = meansOf(data, size, Math.min(cells, data.length / size), stream);
  const inCells = (rows: Float32Array) => cellsOf(rows, means, size);
  const [made, held, trained] = [inCells(samples), inCells(unseen), inCells(data)];
  let [weight, score, nearer] = [0, 0, 0];
  made.forEach((own, cell) => {
    const [others, among] = [held[cell], trained[cell]];
    if (own.length < LEAST_SAMPLES * size || !others?.length || !among?.length) return;
    const [a, b] = [own, others].map((rows) => nearestRows(rows, among, size).distance) as [
      Float64Array,
      Float64Array,
    ];
    const u = pairsFarther(a, b);
    const pairs = a.length * b.length;
    weight += b.length;
    score += (b.length * (u - pairs / 2)) / Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
    nearer += b.length * (1 - u / pairs);
  });
  return { score: score / weight, nearer: nearer / weight };
}

/** Mann and Whitney's U: pairs in which the first is larger; equal ones count half. */
function pairsFarther(a: Float64Array, b: Float64Array): number {
  const sorted = b.slice().sort();
  /** How many of b are below a value, or up to it. */
  const rank = (isBelow: (other: number) => boolean) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBelow(sorted[middle] as number)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return a.reduce((sum, value) => sum + (rank((b) => b < value) + rank((b) => b <= value)) / 2, 0);
}

/** The rows of each cell: of its mean they are nearest to. */
function cellsOf(rows: Float32Array, means: Float32Array, size: number): readonly Float32Array[] {
  const { index } = nearestRows(rows, means, size);
  return Array.from({ length: means.length / size }, (_, cell) => {
    const places = [...index.keys()].filter((row) => index[row] === cell);
    const own = new Float32Array(places.length * size);
    places.forEach((row, i) => {
      own.set(rows.subarray(row * size, (row + 1) * size), i * size);
    });
    return own;
  });
}

/** Means of k-means, which start as k-means++ does: at rows that are far from those before (Arthur 2007). */
function meansOf(rows: Float32Array, size: number, k: number, stream: Stream): Float32Array {
  const count = rows.length / size;
  const rowAt = (row: number) => rows.subarray(row * size, (row + 1) * size);
  let means = new Float32Array(k * size);
  for (let cell = 0; cell < k; cell++) {
    const { distance } = nearestRows(rows, means.subarray(0, cell * size), size);
    const weights = cell === 0 ? distance.fill(1) : distance.map((value) => value * value);
    let left = stream.uniform() * weights.reduce((sum, value) => sum + value, 0);
    const drawn = weights.findIndex((value) => {
      left -= value;
      return left < 0;
    });
    means.set(rowAt(drawn < 0 ? count - 1 : drawn), cell * size);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const { index } = nearestRows(rows, means, size);
    const counts = new Float64Array(k);
    const sums = new Float64Array(k * size);
    index.forEach((cell, row) => {
      counts[cell] = (counts[cell] as number) + 1;
      rowAt(row).forEach((value, i) => {
        sums[cell * size + i] = (sums[cell * size + i] as number) + value;
      });
    });
    // A cell that lost all of its rows stays where it was.
    means = means.map((value, i) => {
      const own = counts[Math.floor(i / size)] as number;
      return own > 0 ? (sums[i] as number) / own : value;
    });
  }
  return means;
}
