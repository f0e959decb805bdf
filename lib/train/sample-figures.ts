import type { TensorData } from '@/lib/nodes/define';

/** Share of the pairs of real examples that are called alike: so a birthday is shared by one pair of fifty. */
const ALIKE = 0.02;
/** Of the median distance between real examples: what is farther from all fakes is missed. */
const REACH = 0.25;

/**
 * Variety of fakes beside that of data, of one size. `distinct`: 1 / the chance that two fakes are as near to each
 * other as only one pair of real examples in fifty is, so 50 for the data's own distribution (the birthday paradox as
 * a measure of support: Arora & Zhang 2017). `covered`: share of real examples with a fake within a quarter of
 * the median distance between real ones, or one and a half times the median distance to the nearest. `x` and `y`: where
 * the fakes' mean is from the data's, in two fixed directions, in deviations of the data.
 */
export function sampleFigures(real: TensorData, fake: TensorData): { readonly [name: string]: number } {
  const [rows, size] = [real.dims[0] ?? 0, real.data.length / (real.dims[0] ?? 1)];
  const among = pairDistances(real.data, rows, size);
  const sorted = among.pairs.slice().sort();
  const near = sorted[Math.floor(ALIKE * sorted.length)] ?? 0;
  const made = pairDistances(fake.data, rows, size);
  const alike = made.pairs.reduce((sum, distance) => sum + (distance <= near ? 1 : 0), 0) / made.pairs.length;
  const nearest = among.nearest.slice().sort();
  const reach = Math.max(REACH * at(sorted, 0.5), 1.5 * at(nearest, 0.5));
  return {
    distinct: 1 / Math.max(alike, 1 / made.pairs.length),
    covered: coveredShare(real.data, fake.data, size, reach),
    ...placeOf(real.data, fake.data, size),
  };
}

const at = (sorted: Float64Array, quantile: number): number =>
  sorted[Math.floor(quantile * (sorted.length - 1))] ?? 0;

function distance(a: Float32Array, i: number, b: Float32Array, j: number, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += ((a[i * size + k] as number) - (b[j * size + k] as number)) ** 2;
  return Math.sqrt(sum);
}

/** Between all rows, and of each to the nearest other. */
function pairDistances(data: Float32Array, rows: number, size: number) {
  const pairs = new Float64Array((rows * (rows - 1)) / 2);
  const nearest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  let place = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < i; j++) {
      const apart = distance(data, i, data, j, size);
      pairs[place++] = apart;
      if (apart < (nearest[i] as number)) nearest[i] = apart;
      if (apart < (nearest[j] as number)) nearest[j] = apart;
    }
  return { pairs, nearest };
}

function coveredShare(real: Float32Array, fake: Float32Array, size: number, reach: number): number {
  const rows = real.length / size;
  let covered = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < fake.length / size; j++)
      if (distance(real, i, fake, j, size) <= reach) {
        covered++;
        break;
      }
  return covered / rows;
}

function placeOf(real: Float32Array, fake: Float32Array, size: number): { x: number; y: number } {
  const [x, y] = [0, 1].map((axis) => {
    const [data, made] = [real, fake].map((rows) => projected(rows, size, axis)) as [
      Float64Array,
      Float64Array,
    ];
    const center = meanOf(data);
    const spread = Math.sqrt(meanOf(data.map((value) => (value - center) ** 2)));
    return (meanOf(made) - center) / (spread || 1);
  });
  return { x: x ?? 0, y: y ?? 0 };
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Numbers of small examples themselves, of larger ones sums with signs that look random. */
const projected = (rows: Float32Array, size: number, axis: number): Float64Array =>
  Float64Array.from({ length: rows.length / size }, (_, row) => {
    if (size <= 2) return rows[row * size + Math.min(axis, size - 1)] as number;
    let sum = 0;
    for (let k = 0; k < size; k++)
      sum += (Math.sin((k + 1) * (12.9898 + axis * 65.2)) > 0 ? 1 : -1) * (rows[row * size + k] as number);
    return sum;
  });
