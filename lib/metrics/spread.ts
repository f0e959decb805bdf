/** Fewer samples than this say nothing of a class's spread. */
const FEWEST = 20;

/**
 * The smallest spread of any class: √ of the mean over axes of variance / sd², so that 1 is the spread of the
 * data. `classes` says the class of each row, -1 for none. Undefined where every class has too few rows.
 */
export function leastSpread(
  samples: Float32Array,
  sds: readonly (readonly number[])[],
  classes: Int32Array,
): number | undefined {
  const dims = sds[0]?.length ?? 0;
  const rowsBy = sds.map((_, k) => [...classes.keys()].filter((row) => classes[row] === k));
  const spreads = rowsBy.flatMap((rows, k) => {
    if (rows.length < FEWEST) return [];
    let total = 0;
    for (let axis = 0; axis < dims; axis++) {
      const values = rows.map((row) => samples[row * dims + axis] as number);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
      total += variance / (sds[k]?.[axis] as number) ** 2;
    }
    return Math.sqrt(total / dims);
  });
  return spreads.length > 0 ? Math.min(...spreads) : undefined;
}
