import { sameDims, sizeOf } from '@/lib/shapes/shape';
import { quantity } from '@/lib/util/sentence';
import { type DataArray, DataRefusal, type Numbers } from './data-file';
import { BLANK } from './images';
import { type ImportOptions, imageDims } from './import-options';
import { insistOnNumbers } from './insist-on-numbers';
import type { DataContents } from './read-data';
import { resizeInto } from './resize';

/** Rows that are ready to be drawn: plain data, which a worker can be sent. Bytes stay bytes until they are drawn. */
export interface PreparedSet {
  readonly values: Numbers;
  /** The class of each row. */
  readonly labels?: Uint16Array;
}

/** Makes x and labels of what a file holds, as the options say; throws a DataRefusal where it does not fit them. */
export function prepareSet({ arrays }: DataContents, options: ImportOptions): PreparedSet {
  const { name, x, rows, labels } = options;
  const find = (wanted: string): DataArray => {
    const found = arrays.find((each) => each.name === wanted);
    if (!found)
      throw new DataRefusal(
        name,
        `${JSON.stringify(wanted)} was expected; it has ${listed(arrays.map((each) => each.name))}.`,
      );
    if (found.dims[0] !== rows)
      throw new DataRefusal(
        name,
        `${quantity(rows, 'row')} were expected; ${wanted} has ${quantity(found.dims[0] ?? 0, 'row')}.`,
      );
    return found;
  };
  const columns = x.map(find);
  const [first] = columns as [DataArray];
  for (const column of columns) insistOnNumbers(name, column);
  const values = columns.length > 1 ? sideBySide(columns, rows) : first.values;
  const dims = columns.length > 1 ? [columns.length] : first.dims.length > 1 ? first.dims.slice(1) : [1];
  return {
    values: fitted(values, dims, options),
    ...(labels !== '' && { labels: placesOf(find(labels), options) }),
  };
}

const listed = (names: readonly string[]): string =>
  names
    .slice(0, 8)
    .map((name) => JSON.stringify(name))
    .join(', ') + (names.length > 8 ? ' and more' : '');

function sideBySide(columns: readonly DataArray[], rows: number): Float64Array {
  const values = new Float64Array(rows * columns.length);
  columns.forEach((column, c) => {
    for (let row = 0; row < rows; row++) values[row * columns.length + c] = column.values[row] as number;
  });
  return values;
}

/** Rows of the shape that was asked for: as they are, or images in another size. */
function fitted(
  values: Numbers,
  dims: readonly number[],
  { name, rows, shape, fit }: ImportOptions,
): Numbers {
  const [from, to] = [imageDims(dims), imageDims(shape)];
  if (sameDims(from ?? dims, shape)) return values;
  if (!from || !to)
    throw new DataRefusal(name, `rows of ${shape.join(' × ')} were expected; they are ${dims.join(' × ')}.`);
  const [height, width, channels] = to;
  const whole = values instanceof Uint8Array;
  const out = whole ? new Uint8Array(rows * sizeOf(shape)) : new Float32Array(rows * sizeOf(shape));
  const size = sizeOf(dims);
  const blank = whole ? BLANK : 0;
  for (let row = 0; row < rows; row++) {
    const image = {
      values: values.subarray(row * size, (row + 1) * size),
      height: from[0],
      width: from[1],
      channels: from[2],
    };
    resizeInto(out, row * sizeOf(shape), image, { height, width, channels }, { fit, blank, whole });
  }
  return out;
}

function placesOf({ name: column, values, words }: DataArray, { name, classes }: ImportOptions): Uint16Array {
  const places = new Map(classes.map((value, place) => [value, place]));
  return Uint16Array.from(values, (value) => {
    const place = places.get(words ? (words[value] as string) : String(value));
    if (place !== undefined) return place;
    throw new DataRefusal(
      name,
      `the classes ${listed(classes)} were expected; ${column} has ${words?.[value] ?? value} too.`,
    );
  });
}
