import type { Sampled, SampleRequest } from '@/lib/compile/tf/make-samples';
import { defined } from '@/lib/util/assert';
import { joinNumbers } from '@/lib/util/join';

/** What a sample is made from: its noise, and all else (labels, codes), by the output of the source. */
export interface MadeFrom {
  readonly z: Float32Array;
  readonly rest: Readonly<Record<string, Float32Array>>;
}

/** One row of what sources gave, with the noise `at` one of their outputs. */
export function madeFrom(read: Sampled['read'], at: string, row: number): MadeFrom {
  const rowOf = (key: string): Float32Array => {
    const { data, dims } = defined(read[key], key);
    const size = data.length / (dims[0] as number);
    return data.slice(row * size, (row + 1) * size);
  };
  const rest = Object.keys(read).filter((key) => key !== at);
  return { z: rowOf(at), rest: Object.fromEntries(rest.map((key) => [key, rowOf(key)])) };
}

/** What makes these samples, row by row. */
export function givenBy(points: readonly MadeFrom[], at: string): NonNullable<SampleRequest['given']> {
  const keys = Object.keys(points[0]?.rest ?? {});
  const rests = keys.map((key) => [key, joinNumbers(points.map(({ rest }) => defined(rest[key], key)))]);
  return { ...Object.fromEntries(rests), [at]: joinNumbers(points.map(({ z }) => z)) };
}
