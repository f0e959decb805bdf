import { permutation, type Stream } from '@/lib/util/random';

/** What decides which rows of a finite set one draw holds. */
export interface DrawKey {
  readonly rows: number;
  readonly index: number;
  stream(purpose: string): Stream;
  fixedStream(purpose: string): Stream;
}

/**
 * Which of `size` rows the draw of this index holds: epochs laid end to end, each a permutation of its own, so
 * that nothing is carried from draw to draw. Fewer rows than the batch are drawn with replacement.
 */
export function rowsOfDraw(size: number, { rows, index, stream, fixedStream }: DrawKey): Int32Array {
  if (size < rows) {
    const random = stream('rows');
    return Int32Array.from({ length: rows }, () => random.integer(size));
  }
  const first = index * rows;
  const taken = new Int32Array(rows);
  for (let done = 0; done < rows; ) {
    const epoch = Math.floor((first + done) / size);
    const place = (first + done) % size;
    const part = orderOf(size, () => fixedStream(`epoch-${epoch}`)).subarray(place, place + rows - done);
    taken.set(part, done);
    done += part.length;
  }
  return taken;
}

/** Orders that were made last, by size and the first numbers of their stream. */
const kept = new Map<string, Int32Array>();
const KEPT = 8;

/** The order of an epoch: a draw costs what its rows cost, and only the first of an epoch what the whole set does. */
function orderOf(size: number, stream: () => Stream): Int32Array {
  const start = stream();
  const name = `${size} ${start.seed()} ${start.seed()} ${start.seed()}`;
  const order = kept.get(name) ?? permutation(size, stream());
  kept.delete(name);
  kept.set(name, order);
  for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
  return order;
}
