/**
 * Quality and variety by neighbourhoods (Kynkäänniemi et al. 2019; Naeem et al. 2020): the ball of a row reaches to
 * its k-th nearest neighbour in its own set, and a row on its rim is inside.
 */
interface NeighbourhoodFigures {
  /** Share of samples in the ball of some datum. */
  readonly precision: number;
  /** Share of data in the ball of some sample. */
  readonly recall: number;
  /** Balls of data that a sample is in, over k: about 1 for the data’s own distribution. */
  readonly density: number;
  /** Share of data with some sample in their ball. */
  readonly coverage: number;
}

/** Numbers looked at in one measurement; of larger sets the first rows are taken. */
const MOST = 1.5e9;

export function neighbourhoodFigures(
  samples: Float32Array,
  data: Float32Array,
  size: number,
  k: number,
): NeighbourhoodFigures {
  const most = Math.floor(Math.sqrt(MOST / size));
  const [made, real] = [samples, data].map((rows) => rows.subarray(0, most * size)) as [
    Float32Array,
    Float32Array,
  ];
  const [rows, columns] = [made.length / size, real.length / size];
  const [radii, own] = [radiiOf(real, size, k), radiiOf(made, size, k)];
  const [isInside, isRecalled, isCovered] = [rows, columns, columns].map(
    (count) => new Uint8Array(count),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  let inside = 0;
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const squared = squaredDistance(made, j, real, i, size);
      if (squared <= (radii[i] as number)) {
        inside++;
        isInside[j] = 1;
        isCovered[i] = 1;
      }
      if (squared <= (own[j] as number)) isRecalled[i] = 1;
    }
  const share = (of: Uint8Array) => of.reduce((sum, value) => sum + value, 0) / of.length;
  return {
    precision: share(isInside),
    recall: share(isRecalled),
    density: inside / (k * rows),
    coverage: share(isCovered),
  };
}

/** Squared distances to the k-th nearest other row; 0 where there are fewer. */
function radiiOf(rows: Float32Array, size: number, k: number): Float64Array {
  const count = rows.length / size;
  const radii = new Float64Array(count);
  const nearest = new Float64Array(k);
  for (let i = 0; i < count; i++) {
    nearest.fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      const squared = squaredDistance(rows, i, rows, j, size);
      let place = k - 1;
      if (!(squared < (nearest[place] as number))) continue;
      for (; place > 0 && squared < (nearest[place - 1] as number); place--)
        nearest[place] = nearest[place - 1] as number;
      nearest[place] = squared;
    }
    const radius = nearest[k - 1] as number;
    radii[i] = Number.isFinite(radius) ? radius : 0;
  }
  return radii;
}

function squaredDistance(a: Float32Array, row: number, b: Float32Array, other: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const away = (a[row * size + i] as number) - (b[other * size + i] as number);
    sum += away * away;
  }
  return sum;
}
