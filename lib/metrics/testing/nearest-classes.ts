import { nearestRows } from '../nearest';

/** Whether samples show all classes of a labelled reference set, and how near they come to it. */
interface NearestClasses {
  /** Share of samples whose nearest reference is of each class. */
  readonly shares: readonly number[];
  /** Mean of ‖sample - nearest‖. */
  readonly meanDistance: number;
}

/** Labels are one-hot rows of `classes`. */
export function nearestClasses(
  samples: Float32Array,
  reference: { readonly x: Float32Array; readonly labels: Float32Array },
  size: number,
  classes: number,
): NearestClasses {
  const { index, distance } = nearestRows(samples, reference.x, size);
  const shares = new Array<number>(classes).fill(0);
  let total = 0;
  index.forEach((row, sample) => {
    total += (distance[sample] as number) / index.length;
    if (row < 0) return;
    const label = reference.labels.subarray(row * classes, (row + 1) * classes).indexOf(1);
    shares[label] = (shares[label] as number) + 1 / index.length;
  });
  return { shares, meanDistance: total };
}
