import { sizeOf } from '@/lib/shapes/shape';
import { quantity } from '@/lib/util/sentence';
import { type DataArray, DataRefusal, MOST_CLASSES } from './data-file';
import { type ImportOptions, imageDims, importOptions } from './import-options';
import { insistOnNumbers } from './insist-on-numbers';
import type { DataContents } from './read-data';

const labelName = /label|class|target|species|categor|folder|^y\b|^y_/i;

/** Which numbers x has: mean 0 and deviation 1, two ranges, or those of the file. */
export type Scaling = 'standard' | 'symmetric' | 'unit' | 'none';

/** What a person chose; the rest is found. */
export type DataChoice = Partial<Pick<ImportOptions, 'labels' | 'fit' | 'flip' | 'heldOut'>> & {
  readonly x?: readonly string[];
  /** Of images. */
  readonly shape?: readonly number[];
  readonly scaling?: Scaling;
};

/** How data is prepared: what is x, what the labels, which numbers become which. */
export function chooseOptions(
  name: string,
  { arrays }: DataContents,
  choice: DataChoice = {},
): ImportOptions {
  const filled = arrays.filter(({ dims }) => dims.length > 0 && sizeOf(dims) > 0);
  const largest = filled
    .filter((each) => !each.words && (!choice.x || choice.x.includes(each.name)))
    .reduce<DataArray | undefined>(
      (most, each) => (most && sizeOf(most.dims) >= sizeOf(each.dims) ? most : each),
      undefined,
    );
  if (!largest) throw new DataRefusal(name, 'numbers in rows were expected; there is no row.');
  const rows = largest.dims[0] as number;
  const labels =
    choice.labels === undefined
      ? findLabels(name, filled, largest)
      : filled.find((each) => each.name === choice.labels);
  const x =
    largest.dims.length > 1
      ? [largest]
      : columnsOf(filled, rows).filter(
          (each) => each !== labels && (!choice.x || choice.x.includes(each.name)),
        );
  if (x.length === 0)
    throw new DataRefusal(name, `a column of numbers besides the labels (${labels?.name}) was expected.`);
  for (const each of x) insistOnNumbers(name, each);
  const dims = largest.dims.length > 1 ? largest.dims.slice(1) : [x.length];
  const image = imageDims(dims);
  const shape = (image && choice.shape) ?? image ?? dims;
  const options = {
    name: name.slice(0, 200),
    rows,
    shape: [...shape],
    x: x.map((each) => each.name),
    labels: labels?.name ?? '',
    classes: labels ? [...classesOf(labels)] : [],
    ...scaled(choice.scaling ?? usualScaling(dims), x),
    fit: choice.fit ?? 'crop',
    flip: choice.flip ?? false,
    heldOut: choice.heldOut ?? 0.1,
  };
  const parsed = importOptions.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DataRefusal(
    name,
    `data within limits was expected; ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}

/** What there is to choose from, besides numbers. */
export interface DataChoices {
  /** Arrays that x can be, or columns, of which it can be several. */
  readonly x: readonly string[];
  readonly isTable: boolean;
  readonly labels: readonly string[];
  readonly scaling: Scaling;
}

/** Of what is prepared with these options. */
export function choicesFor({ arrays }: DataContents, { x, rows }: ImportOptions): DataChoices {
  const filled = arrays.filter(({ dims }) => dims.length > 0 && sizeOf(dims) > 0);
  const first = filled.find(({ name }) => name === x[0]);
  const isTable = first?.dims.length === 1;
  const labels = filled.filter(
    (each) =>
      each.dims.length === 1 && each.dims[0] === rows && each.whole && isWithin(classesOf(each).length),
  );
  return {
    x: (isTable
      ? columnsOf(filled, rows)
      : filled.filter(({ dims, words }) => dims.length > 1 && !words)
    ).map(({ name }) => name),
    isTable,
    labels: labels.map(({ name }) => name),
    scaling: usualScaling(first?.dims.slice(1) ?? []),
  };
}

const isWithin = (classes: number): boolean => classes > 1 && classes <= MOST_CLASSES;

const columnsOf = (arrays: readonly DataArray[], rows: number): readonly DataArray[] =>
  arrays.filter(({ words, dims }) => !words && dims.length === 1 && dims[0] === rows);

const usualScaling = (dims: readonly number[]): Scaling => (dims.length > 1 ? 'symmetric' : 'standard');

/** By its name, or the last column of words that are few, and more than one. */
function findLabels(name: string, arrays: readonly DataArray[], largest: DataArray): DataArray | undefined {
  const rows = largest.dims[0] as number;
  const flat = arrays.filter(({ dims, whole }) => dims.length === 1 && whole);
  const named = flat.filter((each) => labelName.test(each.name) && (each !== largest || each.words));
  const of = flat.filter(({ dims }) => dims[0] === rows);
  const isFew = (each: DataArray): boolean => {
    const { length } = classesOf(each);
    return isWithin(length) && length <= rows / 2;
  };
  const fitting = of.filter((each) => named.includes(each));
  const found = fitting.findLast(isFew) ?? fitting.at(-1) ?? of.findLast((each) => each.words && isFew(each));
  const [other] = named;
  if (!found && other && other.dims[0] !== rows)
    throw new DataRefusal(
      name,
      `as many labels as rows were expected; ${largest.name} has ${quantity(rows, 'row')}, ${other.name} ${quantity(other.dims[0] as number, 'label')}.`,
    );
  return found && isFew(found) ? found : undefined;
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

function scaled(scaling: Scaling, x: readonly DataArray[]): Pick<ImportOptions, 'offset' | 'spread'> {
  if (scaling === 'none') return { offset: [0], spread: [1] };
  if (scaling === 'standard') return standardised(x);
  const ranges = x.map((each) => each.range ?? rangeOf(each));
  const low = ranges.map(([least]) => least);
  const width = ranges.map(([least, most]) => most - least);
  return scaling === 'unit'
    ? { offset: low.map(short), spread: width.map((each) => short(each) || 1) }
    : {
        offset: low.map((least, i) => short(least + (width[i] as number) / 2)),
        spread: width.map((each) => short(each / 2) || 1),
      };
}

/** Of a column what it has; of an array what its type of numbers suggests, as 0 to 255 of whole images in floats. */
function rangeOf({ values, dims }: DataArray): readonly [number, number] {
  // Images as bytes are many, and the first pixel above 1 says it all.
  if (dims.length > 1 && values instanceof Uint8Array && values.some((value) => value > 1)) return [0, 255];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (dims.length === 1) return [low, high];
  if (low >= 0 && high <= 1) return [0, 1];
  if (low >= 0 && high <= 255 && high > 100) return [0, 255];
  return low >= -1 && high <= 1 ? [-1, 1] : [low, high];
}
