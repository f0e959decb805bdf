/**
 * Curves of a run of any length in bounded memory. Values fall into buckets of `stride` iterations on one grid
 * for all series; when the grid is full, neighbours merge and the stride doubles. A bucket keeps its sum and
 * count, so merging loses resolution and no value.
 */
export interface Curve {
  /** The first iteration with a value in each bucket. */
  readonly iterations: Float64Array;
  /** The bucket's mean; NaN where it holds none. */
  readonly values: Float64Array;
}

interface Series {
  sums: Float64Array;
  counts: Uint32Array;
}

/** All series as they can be kept: what is in use of each, and the newest values. */
export interface KeptCurves {
  readonly stride: number;
  readonly length: number;
  /** The first iteration with a value in each bucket; its beginning where this is left out, as in older runs. */
  readonly firsts?: Float64Array;
  readonly series: readonly (readonly [name: string, sums: Float64Array, counts: Uint32Array])[];
  readonly latest: readonly (readonly [name: string, value: number])[];
}

export interface Curves {
  append(series: string, iterations: ArrayLike<number>, values: ArrayLike<number>): void;
  /** Forgets everything from an iteration on: a run went back to a checkpoint. */
  truncate(iteration: number): void;
  clear(): void;
  /** A copy of all that is held. */
  keep(): KeptCurves;
  /** Takes the place of all that is held. */
  restore(kept: KeptCurves): void;
  names(): string[];
  /** All series on the common grid: iterations, then the values of each name given. */
  table(names: readonly string[]): Float64Array[];
  curve(series: string): Curve;
  /** The newest value, or undefined. */
  last(series: string): number | undefined;
  /** The value at an iteration, or the last before it. */
  at(series: string, iteration: number): number | undefined;
  /** Counts changes, for those who draw. */
  readonly version: number;
  readonly stride: number;
}

const unknownFirsts = (length: number) => new Float64Array(length).fill(Number.POSITIVE_INFINITY);

const emptySeries = (): Series => ({ sums: new Float64Array(256), counts: new Uint32Array(256) });

/** Room for a bucket, at most for `capacity`. */
function grow(one: Series, index: number, capacity: number): void {
  let size = one.sums.length;
  while (size <= index) size *= 2;
  if (size === one.sums.length) return;
  const sums = new Float64Array(Math.min(size, capacity));
  const counts = new Uint32Array(Math.min(size, capacity));
  sums.set(one.sums);
  counts.set(one.counts);
  one.sums = sums;
  one.counts = counts;
}

function mergeNeighbours({ sums, counts }: Series): void {
  for (let i = 0; i < sums.length; i++) {
    sums[i] = (sums[2 * i] ?? 0) + (sums[2 * i + 1] ?? 0);
    counts[i] = (counts[2 * i] ?? 0) + (counts[2 * i + 1] ?? 0);
  }
}

const mean = (one: Series, i: number): number => {
  const count = one.counts[i] ?? 0;
  return count === 0 ? Number.NaN : (one.sums[i] ?? 0) / count;
};

export function createCurves(capacity = 4096): Curves {
  const series = new Map<string, Series>();
  const latest = new Map<string, number>();
  let stride = 1;
  /** Buckets in use by any series. */
  let length = 0;
  /** The first iteration with a value in each of them, of any series: what is seldom measured stays where it was. */
  let firsts = unknownFirsts(256);
  let version = 0;

  const seriesOf = (name: string): Series => {
    const found = series.get(name);
    if (found) return found;
    const made = emptySeries();
    series.set(name, made);
    return made;
  };

  const halve = () => {
    stride *= 2;
    length = Math.ceil(length / 2);
    for (const one of series.values()) mergeNeighbours(one);
    for (let i = 0; i < firsts.length; i++) firsts[i] = Math.min(at(2 * i), at(2 * i + 1));
  };
  const at = (bucket: number): number => firsts[bucket] ?? Number.POSITIVE_INFINITY;
  const firstOf = (bucket: number): number => (Number.isFinite(at(bucket)) ? at(bucket) : bucket * stride);
  const seen = (bucket: number, iteration: number): void => {
    if (bucket >= firsts.length) {
      const longer = unknownFirsts(Math.max(2 * firsts.length, bucket + 1));
      longer.set(firsts);
      firsts = longer;
    }
    firsts[bucket] = Math.min(at(bucket), iteration);
  };

  const curves: Curves = {
    append(name, iterations, values) {
      const one = seriesOf(name);
      version++;
      for (let k = 0; k < iterations.length; k++) {
        const iteration = iterations[k] as number;
        const value = values[k] as number;
        latest.set(name, value);
        while (Math.floor(iteration / stride) >= capacity) halve();
        const index = Math.floor(iteration / stride);
        grow(one, index, capacity);
        length = Math.max(length, index + 1);
        if (!Number.isFinite(value)) continue;
        one.sums[index] = (one.sums[index] as number) + value;
        one.counts[index] = (one.counts[index] as number) + 1;
        seen(index, iteration);
      }
    },
    truncate(iteration) {
      length = Math.min(length, Math.ceil(iteration / stride));
      firsts.fill(Number.POSITIVE_INFINITY, length);
      for (const { sums, counts } of series.values()) {
        sums.fill(0, length);
        counts.fill(0, length);
      }
      for (const name of series.keys()) {
        const value = curves.at(name, iteration);
        if (value === undefined) latest.delete(name);
        else latest.set(name, value);
      }
      version++;
    },
    clear() {
      series.clear();
      latest.clear();
      stride = 1;
      length = 0;
      firsts.fill(Number.POSITIVE_INFINITY);
      version++;
    },
    keep: () => ({
      stride,
      length,
      firsts: Float64Array.from({ length }, (_, i) => at(i)),
      series: [...series].map(
        ([name, { sums, counts }]) => [name, sums.slice(0, length), counts.slice(0, length)] as const,
      ),
      latest: [...latest],
    }),
    restore(kept) {
      series.clear();
      latest.clear();
      stride = kept.stride;
      length = Math.min(kept.length, capacity);
      firsts.fill(Number.POSITIVE_INFINITY);
      for (let i = 0; i < length; i++) seen(i, kept.firsts?.[i] ?? i * stride);
      for (const [name, sums, counts] of kept.series) {
        const one = seriesOf(name);
        grow(one, length - 1, capacity);
        one.sums.set(sums.subarray(0, length));
        one.counts.set(counts.subarray(0, length));
      }
      for (const [name, value] of kept.latest) latest.set(name, value);
      version++;
    },
    names: () => [...series.keys()],
    table(names) {
      // Plain loops: this is drawn up to 60 times a second.
      const iterations = new Float64Array(length);
      for (let i = 0; i < length; i++) iterations[i] = firstOf(i);
      const columns = names.map((name) => {
        const column = new Float64Array(length).fill(Number.NaN);
        const one = series.get(name);
        if (one) for (let i = 0; i < length; i++) column[i] = mean(one, i);
        return column;
      });
      return [iterations, ...columns];
    },
    curve(name) {
      const one = series.get(name);
      const kept: number[] = [];
      for (let i = 0; one && i < length; i++) if ((one.counts[i] ?? 0) > 0) kept.push(i);
      return {
        iterations: Float64Array.from(kept, firstOf),
        values: Float64Array.from(kept, (i) => mean(one as Series, i)),
      };
    },
    last: (name) => latest.get(name),
    at(name, iteration) {
      const one = series.get(name);
      let i = Math.min(length - 1, Math.floor(iteration / stride));
      while (i >= 0 && (one?.counts[i] ?? 0) === 0) i--;
      return one && i >= 0 ? mean(one, i) : undefined;
    },
    get version() {
      return version;
    },
    get stride() {
      return stride;
    },
  };
  return curves;
}

/** Exponential moving average with the start corrected; `weight` 0 gives the values back. Gaps stay gaps. */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (weight === 0) return values;
  const smoothed = new Float64Array(values.length);
  let average = 0;
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) {
      smoothed[i] = Number.NaN;
      continue;
    }
    average = weight * average + (1 - weight) * value;
    seen++;
    smoothed[i] = average / (1 - weight ** seen);
  }
  return smoothed;
}
