import type { Batch, Part, Source } from '@/lib/data/source';
import { sizeOf } from '@/lib/shapes/shape';
import { assert } from '@/lib/util/assert';
import { createStream, type Stream } from '@/lib/util/random';

/**
 * Finite data sets. A pool is a function of source, options, count, perClass and draw alone, as a file would be:
 * runs of every seed and all nodes see the same rows, so that a train and a test split never overlap.
 */
interface PoolKey extends Omit<Part, 'split'> {
  readonly source: Source;
  readonly options: Record<string, unknown>;
}

interface Pool extends Batch {
  readonly rows: number;
}

/** The share of a finite data set that `test` holds; it is cut from the end. */
export const TEST_SHARE = 0.2;

/** Draws tried per row that is wanted, before a class is given up as never drawn. */
const PATIENCE = 50;

const kept = new Map<string, Pool>();
const KEPT = 4;

const texts = new WeakMap<object, string>();

/** The text of options, which may be a thousand points, made once. */
function textOf(options: PoolKey['options']): string {
  const text = texts.get(options) ?? JSON.stringify(options);
  texts.set(options, text);
  return text;
}

/** Set 0 has the name that sets had before there were others. */
const nameOf = ({ source, options, count, perClass, draw }: PoolKey): string =>
  `["${source.id}",${textOf(options)},${count},${perClass}${draw === 0 ? '' : `,${draw}`}]`;

/** The pool, drawn once and kept while it is among the last few used. */
export function poolOf(key: PoolKey): Pool {
  const name = nameOf(key);
  const pool = kept.get(name) ?? drawPool(key, createStream('pool', name));
  kept.delete(name);
  kept.set(name, pool);
  for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
  return pool;
}

function drawPool({ source, options, count, perClass }: PoolKey, stream: Stream): Pool {
  if (perClass === null) {
    assert(count !== null, 'a pool is finite');
    return { rows: count, ...source.draw(options, count, stream) };
  }
  const classes = source.ports(options).labels?.[0] ?? 1;
  const wanted = classes * perClass;
  const drawn = source.draw(options, count ?? wanted * PATIENCE, stream);
  const found = new Int32Array(classes);
  const rows: number[] = [];
  for (let row = 0; row < (drawn.labels?.length ?? 0) / classes && rows.length < wanted; row++) {
    const label = drawn.labels?.subarray(row * classes, (row + 1) * classes).indexOf(1) ?? -1;
    if (label < 0 || (found[label] as number) >= perClass) continue;
    found[label] = (found[label] as number) + 1;
    rows.push(row);
  }
  return { rows: rows.length, ...takeRows(drawn, source, options, rows) };
}

/** The rows at these places of a batch. */
export function takeRows(
  batch: Batch,
  source: Source,
  options: Record<string, unknown>,
  rows: ArrayLike<number>,
): Batch {
  const ports = source.ports(options);
  const take = (values: Float32Array, dims: readonly number[]) => {
    const size = sizeOf(dims);
    const out = new Float32Array(rows.length * size);
    for (let i = 0; i < rows.length; i++) {
      const from = (rows[i] as number) * size;
      out.set(values.subarray(from, from + size), i * size);
    }
    return out;
  };
  return {
    x: take(batch.x, ports.x),
    ...(batch.labels && ports.labels && { labels: take(batch.labels, ports.labels) }),
    ...(batch.target && ports.target && { target: take(batch.target, ports.target) }),
  };
}
