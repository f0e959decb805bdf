import { sizeOf } from '@/lib/shapes/shape';
import { quantity } from '@/lib/util/sentence';
import { type DataArray, DataRefusal, MOST_CLASSES } from './data-file';
import { type ImportOptions, imageDims, importOptions } from './import-options';
import { insistOnNumbers } from './insist-on-numbers';
import type { DataContents } from './read-data';

const labelName = /label|class|target|species|categor|folder|^y\b|^y_/i;

/** How data is prepared where nobody has said it: what is x, what the labels, which numbers become which. */
export function chooseOptions(name: string, { arrays }: DataContents): ImportOptions {
  const filled = arrays.filter(({ dims }) => dims.length > 0 && sizeOf(dims) > 0);
  const largest = filled
    .filter(({ words }) => !words)
    .reduce<DataArray | undefined>(
      (most, each) => (most && sizeOf(most.dims) >= sizeOf(each.dims) ? most : each),
      undefined,
    );
  if (!largest) throw new DataRefusal(name, 'numbers in rows were expected; there is no row.');
  const rows = largest.dims[0] as number;
  const labels = findLabels(name, filled, largest);
  const x =
    largest.dims.length > 1
      ? [largest]
      : filled.filter(
          (each) => each !== labels && !each.words && each.dims.length === 1 && each.dims[0] === rows,
        );
  if (x.length === 0)
    throw new DataRefusal(name, `a column of numbers besides the labels (${labels?.name}) was expected.`);
  for (const each of x) insistOnNumbers(name, each);
  const dims = largest.dims.length > 1 ? largest.dims.slice(1) : [x.length];
  const shape = imageDims(dims) ?? dims;
  const options = {
    name: name.slice(0, 200),
    rows,
    shape: [...shape],
    x: x.map((each) => each.name),
    labels: labels?.name ?? '',
    classes: labels ? [...classesOf(labels)] : [],
    ...(dims.length === 1 ? standardised(x) : toRange(largest)),
    fit: 'crop',
    flip: false,
    heldOut: 0.1,
  };
  const parsed = importOptions.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DataRefusal(
    name,
    `data within limits was expected; ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}

/** By its name, or the last column of words that are few. */
function findLabels(name: string, arrays: readonly DataArray[], largest: DataArray): DataArray | undefined {
  const rows = largest.dims[0] as number;
  const flat = arrays.filter(({ dims, whole }) => dims.length === 1 && whole);
  const named = flat.filter((each) => labelName.test(each.name) && (each !== largest || each.words));
  const of = flat.filter(({ dims }) => dims[0] === rows);
  const found = of.findLast((each) => named.includes(each)) ?? of.findLast(({ words }) => words);
  const [other] = named;
  if (!found && other && other.dims[0] !== rows)
    throw new DataRefusal(
      name,
      `as many labels as rows were expected; ${largest.name} has ${quantity(rows, 'row')}, ${other.name} ${quantity(other.dims[0] as number, 'label')}.`,
    );
  const count = found ? classesOf(found).length : 0;
  return count > 1 && count <= Math.min(MOST_CLASSES, rows / 2) ? found : undefined;
}

/** Words as they are, numbers by size. */
function classesOf({ values, words }: DataArray): readonly string[] {
  if (words) return words;
  const found = new Set<number>();
  for (const value of values) if (found.add(value).size > MOST_CLASSES) break;
  return [...found].sort((a, b) => a - b).map(String);
}

/** Mean 0 and deviation 1, column by column; of long rows, all alike. */
function standardised(x: readonly DataArray[]): Pick<ImportOptions, 'offset' | 'spread'> {
  const [first] = x;
  const width = x.length > 1 ? 1 : sizeOf(first?.dims.slice(1) ?? []);
  const perColumn = width <= 256;
  const moments = x.flatMap(({ values }) =>
    Array.from({ length: perColumn ? width : 1 }, (_, column) =>
      momentsOf(values, column, perColumn ? width : 1),
    ),
  );
  return { offset: moments.map(({ mean }) => mean), spread: moments.map(({ sd }) => sd || 1) };
}

function momentsOf(values: ArrayLike<number>, from: number, step: number) {
  const n = Math.ceil((values.length - from) / step);
  let sum = 0;
  for (let i = from; i < values.length; i += step) sum += values[i] as number;
  const mean = sum / n;
  let squares = 0;
  for (let i = from; i < values.length; i += step) squares += ((values[i] as number) - mean) ** 2;
  const sd = Math.sqrt(squares / n);
  return { mean: short(mean), sd: short(sd) };
}

/** Six digits are enough, and travel in a link. */
const short = (value: number): number => Number(value.toPrecision(6));

/** [-1, 1] from bytes, from [0, 1], or from whatever the range is. */
function toRange(array: DataArray): Pick<ImportOptions, 'offset' | 'spread'> {
  const [low, high] = array.range ?? rangeOf(array);
  return { offset: [short((low + high) / 2)], spread: [short((high - low) / 2) || 1] };
}

function rangeOf({ values }: DataArray): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low >= 0 && high <= 1) return [0, 1];
  if (values instanceof Uint8Array || (low >= 0 && high <= 255 && high > 100)) return [0, 255];
  return low >= -1 && high <= 1 ? [-1, 1] : [low, high];
}
