import { decodeText } from '@/lib/util/decode-text';
import { quantity } from '@/lib/util/sentence';
import {
  type DataArray,
  type DataFile,
  DataRefusal,
  MOST_BYTES,
  MOST_CLASSES,
  MOST_COLUMNS,
  MOST_ROWS,
  MOST_TEXT,
} from './data-file';

/** Records that are looked at to find what separates cells. */
const LOOK = 20;

interface Table {
  /** Columns of numbers, and of words that could be classes. */
  readonly arrays: readonly DataArray[];
  /** Columns that are left out, and why. */
  readonly notes: readonly string[];
}

/** CSV and TSV (RFC 4180): what separates cells is found, a header too. */
export function readTable({ name, bytes }: DataFile): Table {
  const text = bytes.length < MOST_TEXT ? decodeText(bytes) : undefined;
  if (text === undefined) throw new DataRefusal(name, 'a table as text was expected; it is no text.');
  const separator = findSeparator(text);
  const [first = []] = records(text, separator);
  if (first.length > MOST_COLUMNS)
    throw new DataRefusal(name, `at most ${MOST_COLUMNS} columns are read; it has ${first.length}.`);
  const asNumber = separator === ';' ? readWithComma : readPlain;
  const hasHeader = first.every((cell) => Number.isNaN(asNumber(cell))) && first.some((cell) => cell !== '');
  const columns = namesOf(first, hasHeader).map((title) => createColumn(title, asNumber));
  let row = 0;
  for (const cells of records(text, separator)) {
    if (hasHeader && row++ === 0) continue;
    if (!hasHeader) row++;
    if (cells.length !== columns.length)
      throw new DataRefusal(
        name,
        `each row must have ${quantity(columns.length, 'cell')}, as the first; row ${row} has ${cells.length}.`,
      );
    if (row > MOST_ROWS || row * columns.length * 8 > MOST_BYTES)
      throw new DataRefusal(name, `it has more than ${quantity(row, 'row')}, more than are read.`);
    for (let i = 0; i < cells.length; i++) columns[i]?.add(cells[i] as string, row);
  }
  if (row === (hasHeader ? 1 : 0)) throw new DataRefusal(name, 'rows were expected; it has none.');
  return finish(name, columns);
}

function finish(name: string, columns: readonly Column[]): Table {
  const ends = columns.map((column) => column.end());
  const arrays = ends.flatMap(({ array }) => array ?? []);
  const notes = ends.flatMap(({ note }) => note ?? []);
  if (arrays.some(({ words }) => !words)) return { arrays, notes };
  const [first] = arrays;
  const example = first && `Column ${first.name} holds words, such as ${JSON.stringify(first.words?.[0])}.`;
  throw new DataRefusal(name, `a column of numbers was expected; it has none. ${example ?? notes[0]}`);
}

type Column = ReturnType<typeof createColumn>;

function createColumn(title: string, asNumber: (text: string) => number) {
  let numbers = new Float64Array(256);
  let codes = new Uint16Array(256);
  const words = new Map<string, number>();
  let rows = 0;
  let isWhole = true;
  /** The first cell that is no number. */
  let other: { readonly row: number; readonly cell: string } | undefined;
  let isText = false;
  return {
    add(cell: string, row: number) {
      if (rows === numbers.length) {
        numbers = grown(numbers, new Float64Array(2 * rows));
        codes = grown(codes, new Uint16Array(2 * rows));
      }
      const value = asNumber(cell);
      if (!Number.isFinite(value)) other ??= { row, cell };
      else if (isWhole) isWhole = Number.isInteger(value);
      numbers[rows] = value;
      if (!isText) {
        const code = words.get(cell) ?? words.size;
        if (code === words.size) words.set(cell, code);
        isText = words.size > MOST_CLASSES;
        codes[rows] = code;
      }
      rows++;
    },
    end(): { readonly array?: DataArray; readonly note?: string } {
      const dims = [rows];
      if (!other) return { array: { name: title, dims, values: numbers.slice(0, rows), whole: isWhole } };
      const known = numbers.subarray(0, rows).filter(Number.isFinite).length;
      const found = other.cell === '' ? 'is empty' : `is ${JSON.stringify(other.cell.slice(0, 40))}`;
      if (known > 0)
        return { note: `Column ${title} is left out: in row ${other.row} it ${found}, not a number.` };
      if (isText)
        return {
          note: `Column ${title} is left out: it holds text, such as ${JSON.stringify(other.cell.slice(0, 40))}.`,
        };
      const sorted = [...words.keys()].sort();
      const places = Float64Array.from(words.keys(), (word) => sorted.indexOf(word));
      const values = Float64Array.from(codes.subarray(0, rows), (code) => places[code] as number);
      return { array: { name: title, dims, values, whole: true, words: sorted } };
    },
  };
}

function grown<T extends Float64Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Names of their own: `x`, `x 2`. */
function namesOf(first: readonly string[], hasHeader: boolean): readonly string[] {
  const taken = new Set<string>();
  return first.map((cell, i) => {
    const base = (hasHeader && cell.trim().slice(0, 60)) || `column ${i + 1}`;
    let title = base;
    for (let n = 2; taken.has(title); n++) title = `${base} ${n}`;
    taken.add(title);
    return title;
  });
}

const decimal = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;
const readPlain = (text: string): number => (decimal.test(text) ? Number(text) : Number.NaN);

/** Where cells are separated by semicolons, a comma may stand in numbers. */
const readWithComma = (text: string): number => readPlain(text.replace(',', '.'));

/** The one that gives most cells, as many in each of the first records. */
function findSeparator(text: string): string {
  const found = [',', '\t', ';', '|'].map((separator) => {
    const counts: number[] = [];
    for (const cells of records(text.slice(0, 100_000), separator)) {
      counts.push(cells.length);
      if (counts.length === LOOK) break;
    }
    const [first = 1] = counts;
    const same = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    return { separator, score: first > 1 ? same + first / 1e6 : 0 };
  });
  return found.reduce((best, each) => (each.score > best.score ? each : best)).separator;
}

/** Cells record by record; empty lines are none. A quote that is not closed ends with the text. */
function* records(text: string, separator: string): Generator<string[]> {
  const code = separator.charCodeAt(0);
  let cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const opened = text.charCodeAt(at) === QUOTE ? quoted(text, at) : { cell: '', end: at };
    let { end } = opened;
    for (let c = text.charCodeAt(end); end < text.length && c !== code && c !== LF && c !== CR; )
      c = text.charCodeAt(++end);
    const cell = opened.cell + text.slice(opened.end, end);
    cells.push(cell);
    const next = text.charCodeAt(end);
    if (next === code && end < text.length) {
      at = end + 1;
      continue;
    }
    at = end + (next === CR && text.charCodeAt(end + 1) === LF ? 2 : 1);
    if (cells.length > 1 || cells[0] !== '') yield cells;
    cells = [];
  }
}

const [QUOTE, LF, CR] = [34, 10, 13];

/** A cell in quotes, doubled within; what stands between its end and the next separator goes with it. */
function quoted(text: string, at: number): { readonly cell: string; readonly end: number } {
  let end = at + 1;
  for (;;) {
    const close = text.indexOf('"', end);
    if (close < 0) return { cell: text.slice(at + 1).replaceAll('""', '"'), end: text.length };
    end = close + 1;
    if (text[end] !== '"') return { cell: text.slice(at + 1, close).replaceAll('""', '"'), end };
    end++;
  }
}
