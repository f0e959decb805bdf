import type { Stream } from '@/lib/util/random';

/** What was read off a sample: per attribute the index of its value, or -1, and whether it is clear. */
interface Reading {
  readonly values: readonly number[];
  readonly legal: boolean;
}

/**
 * The mean z of clear samples without an attribute that are alike in all others, plus that of some with it, less
 * that of some without: by their rows.
 */
interface Sum {
  readonly start: readonly number[];
  readonly plus: readonly number[];
  readonly minus: readonly number[];
}

/** Which value of which attribute is asked for. */
interface Wanted {
  readonly attribute: number;
  readonly value: number;
}

/** Sums of rows drawn at random, none where no clear sample is with it, or none without. */
export function drawSums(
  readings: readonly Reading[],
  { attribute, value }: Wanted,
  average: number,
  trials: number,
  stream: Stream,
): readonly Sum[] {
  const rowsOf = (holds: (found: number) => boolean) =>
    readings.flatMap(({ values, legal }, row) => (legal && holds(values[attribute] ?? -1) ? [row] : []));
  const having = rowsOf((found) => found === value);
  const lacking = rowsOf((found) => found >= 0 && found !== value);
  if (having.length === 0 || lacking.length === 0) return [];
  const looks = readings.map(({ values }) => values.join());
  const alike = (row: number) => lacking.filter((other) => looks[other] === looks[row]);
  const pick = (rows: readonly number[]) => rows[stream.integer(rows.length)] as number;
  const some = (rows: readonly number[]) => Array.from({ length: average }, () => pick(rows));
  return Array.from({ length: trials }, () => ({
    start: some(alike(pick(lacking))),
    plus: some(having),
    minus: some(lacking),
  }));
}

/** The latents that come out, of `size` numbers each. */
export function addUp(z: Float32Array, size: number, sums: readonly Sum[]): Float32Array {
  const at = (row: number, i: number) => z[row * size + i] as number;
  const mean = (rows: readonly number[], i: number) =>
    rows.reduce((total, row) => total + at(row, i), 0) / rows.length;
  return Float32Array.from({ length: sums.length * size }, (_, k) => {
    const [sum, i] = [sums[Math.floor(k / size)] as Sum, k % size];
    return mean(sum.start, i) + mean(sum.plus, i) - mean(sum.minus, i);
  });
}

/**
 * `hit`: how many of what the sums made have the value; `kept`: how many of their other attributes are those of the
 * samples that they started from.
 */
export function arithmeticFigures(
  before: readonly Reading[],
  after: readonly Reading[],
  { attribute, value }: Wanted,
  sums: readonly Sum[],
): { readonly hit: number; readonly kept: number } {
  let [hits, kept, others] = [0, 0, 0];
  sums.forEach(({ start }, trial) => {
    const [was, is] = [before[start[0] as number] as Reading, after[trial] as Reading];
    if (is.values[attribute] === value) hits++;
    was.values.forEach((old, k) => {
      if (k === attribute) return;
      others++;
      if (old >= 0 && is.values[k] === old) kept++;
    });
  });
  return { hit: hits / sums.length, kept: others > 0 ? kept / others : 1 };
}
