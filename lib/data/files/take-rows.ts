import { sizeOf } from '@/lib/shapes/shape';
import { type Batch, type Part, splitRange } from '../source';
import type { ImportOptions } from './import-options';
import type { PreparedSet } from './prepared-set';

/** Rows at these places; of mirrored sets every row has two. */
export function takeFrom(
  { values, labels }: PreparedSet,
  options: ImportOptions,
  places: ArrayLike<number>,
): Batch {
  const { shape, offset, spread, classes, flip } = options;
  const size = sizeOf(shape);
  const x = new Float32Array(places.length * size);
  const hot = labels && new Float32Array(places.length * classes.length);
  const [, width = 1, channels = 1] = shape;
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    const row = flip ? place >> 1 : place;
    const isMirrored = flip && (place & 1) === 1;
    for (let k = 0; k < size; k++) {
      const column = Math.floor(k / channels) % width;
      const from = isMirrored ? k + (width - 1 - 2 * column) * channels : k;
      const value = values[row * size + from] as number;
      x[i * size + k] =
        (value - (offset[k % offset.length] as number)) / (spread[k % spread.length] as number);
    }
    if (hot) hot[i * classes.length + (labels[row] as number)] = 1;
  }
  return { x, ...(hot && { labels: hot }) };
}

/**
 * Places of the rows of a part: the split in a fixed order that mixes rows, turned on for each further draw, up to
 * `count` and up to `perClass` of a class. The exported Python makes the same.
 */
export function placesOfPart(set: PreparedSet, options: ImportOptions, part: Part): Int32Array {
  const known = kept.get(set) ?? new Map<string, Int32Array>();
  kept.set(set, known);
  const key = JSON.stringify([part, options.heldOut, options.flip]);
  const places = known.get(key) ?? makePlaces(set, options, part);
  known.set(key, places);
  return places;
}

/** A draw costs what its rows cost, not what the set does. */
const kept = new WeakMap<PreparedSet, Map<string, Int32Array>>();

function makePlaces(set: PreparedSet, options: ImportOptions, part: Part): Int32Array {
  const { split, count, perClass, draw } = part;
  const rows = mixedOrder(options.rows).subarray(...splitRange(options.rows, split, options.heldOut));
  const wanted = count ?? (perClass ?? 0) * options.classes.length;
  const start = (draw * wanted) % Math.max(1, rows.length);
  const found = new Map<number, number>();
  const taken: number[] = [];
  for (let i = 0; i < Math.min(rows.length, count ?? rows.length); i++) {
    const row = rows[(start + i) % rows.length] as number;
    const label = set.labels?.[row] ?? 0;
    const before = found.get(label) ?? 0;
    if (perClass !== null && before >= perClass) continue;
    found.set(label, before + 1);
    if (options.flip) taken.push(2 * row, 2 * row + 1);
    else taken.push(row);
  }
  return Int32Array.from(taken);
}

/** Rows by a hash of their number: held-out rows come from everywhere, the same in every run. */
function mixedOrder(rows: number): Int32Array {
  const keys = Float64Array.from({ length: rows }, (_, row) => (mix(row) >>> 4) * 2 ** 24 + row).sort();
  return Int32Array.from(keys, (key) => key % 2 ** 24);
}

function mix(row: number): number {
  let key = Math.imul(row, 0x9e3779b1);
  key = Math.imul(key ^ (key >>> 16), 0x85ebca77);
  return (key ^ (key >>> 13)) >>> 0;
}
