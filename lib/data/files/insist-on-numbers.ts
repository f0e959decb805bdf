import { sizeOf } from '@/lib/shapes/shape';
import { quantity } from '@/lib/util/sentence';
import { type DataArray, DataRefusal } from './data-file';

/** Refuses words, NaN and infinities, with the row that has the first. */
export function insistOnNumbers(file: string, { name, values, words, dims }: DataArray): void {
  if (words)
    throw new DataRefusal(file, `numbers were expected in ${name}; it holds words, such as ${words[0]}.`);
  if (values instanceof Uint8Array) return;
  const isNone = (value: number): boolean => !Number.isFinite(value);
  const at = values.findIndex(isNone);
  if (at < 0) return;
  const row = Math.floor(at / sizeOf(dims.slice(1))) + 1;
  let count = 0;
  for (const value of values) if (isNone(value)) count++;
  throw new DataRefusal(
    file,
    `numbers were expected; ${quantity(count, 'value')} of ${name} ${count === 1 ? 'is' : 'are'} none, the first (${values[at]}) in row ${row}.`,
  );
}
