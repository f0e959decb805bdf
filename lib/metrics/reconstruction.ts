/** How far reconstructions are from their originals. */

/** Mean of |a - b| over all numbers. */
export function meanAbsolute(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] as number) - (b[i] as number));
  return sum / a.length;
}

/**
 * Mean of ‖a_i - b_i‖ over the mean of ‖a_i - b_j‖ with j the next row: 0 is perfect, 1 is no better than
 * the reconstruction of another example.
 */
export function distanceRatio(a: Float32Array, b: Float32Array, size: number): number {
  const rows = a.length / size;
  let [own, other] = [0, 0];
  for (let row = 0; row < rows; row++) {
    own += distance(a, row * size, b, row * size, size);
    other += distance(a, row * size, b, ((row + 1) % rows) * size, size);
  }
  return own / other;
}

function distance(a: Float32Array, aAt: number, b: Float32Array, bAt: number, size: number): number {
  let squares = 0;
  for (let i = 0; i < size; i++) squares += ((a[aAt + i] as number) - (b[bAt + i] as number)) ** 2;
  return Math.sqrt(squares);
}

interface RelativeFigures {
  /** Mean of ‖a_i - b_i‖ / ‖a_i‖; rows of a without length are left out. */
  readonly relative?: number;
  /** Share of rows where that is at most the tolerance. */
  readonly within: number;
}

export function relativeFigures(
  a: Float32Array,
  b: Float32Array,
  size: number,
  tolerance: number,
): RelativeFigures {
  const rows = a.length / size;
  const origin = new Float32Array(size);
  let [sum, counted, within] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const error = distance(a, row * size, b, row * size, size);
    const length = distance(a, row * size, origin, 0, size);
    if (error <= tolerance * length) within++;
    if (length === 0) continue;
    sum += error / length;
    counted++;
  }
  return { ...(counted > 0 && { relative: sum / counted }), within: within / rows };
}

/** Mean over features of Pearson's correlation between both; undefined where no feature varies in both. */
export function meanCorrelation(a: Float32Array, b: Float32Array, size: number): number | undefined {
  const rows = a.length / size;
  let [sum, counted] = [0, 0];
  for (let feature = 0; feature < size; feature++) {
    let [meanA, meanB] = [0, 0];
    for (let i = feature; i < a.length; i += size) {
      meanA += (a[i] as number) / rows;
      meanB += (b[i] as number) / rows;
    }
    let [aa, ab, bb] = [0, 0, 0];
    for (let i = feature; i < a.length; i += size) {
      const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB];
      aa += x * x;
      ab += x * y;
      bb += y * y;
    }
    if (!(aa > 0 && bb > 0)) continue;
    sum += ab / Math.sqrt(aa * bb);
    counted++;
  }
  return counted > 0 ? sum / counted : undefined;
}

/** Σ |differences of neighbouring pixels| of b over those of a; undefined where a has none. */
export function sharpnessRatio(
  a: Float32Array,
  b: Float32Array,
  dims: readonly [height: number, width: number, channels: number],
): number | undefined {
  const [before, after] = [edges(a, dims), edges(b, dims)];
  return before > 0 ? after / before : undefined;
}

function edges(images: Float32Array, [height, width, channels]: readonly [number, number, number]): number {
  let sum = 0;
  images.forEach((value, i) => {
    const pixel = Math.floor(i / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width) % height];
    if (x > 0) sum += Math.abs(value - (images[i - channels] as number));
    if (y > 0) sum += Math.abs(value - (images[i - width * channels] as number));
  });
  return sum;
}
