import { quantity } from '@/lib/util/sentence';
import { defineSource, type Source, splitRange } from '../source';
import { type ImportOptions, importOptions } from './import-options';
import { importPython } from './import-python';
import type { PreparedSet } from './prepared-set';
import { placesOfPart, takeFrom } from './take-rows';

/** `import:` and the SHA-256 of a file, or of what `sha256sum` prints of several in the order of their names. */
export const importId = /^import:[0-9a-f]{64}$/;

/** A file that a document names and that is not at hand. */
export class MissingData extends Error {
  constructor({ name, rows }: Pick<ImportOptions, 'name' | 'rows'>) {
    super(`the file ${name} (${quantity(rows, 'row')}) is needed, and is not at hand`);
    this.name = 'MissingData';
  }
}

const sets = new Map<string, PreparedSet>();
const texts = new WeakMap<ImportOptions, string>();

/** The text of options, which may name thousands of columns, is made once. */
function keyOf(id: string, options: ImportOptions): string {
  const text = texts.get(options) ?? JSON.stringify(options);
  texts.set(options, text);
  return `${id} ${text}`;
}

/** From now on, what the file of this id gives with these options. */
export const provideSet = (id: string, options: ImportOptions, set: PreparedSet): void =>
  void sets.set(keyOf(id, options), set);

export const isProvided = (id: string, options: ImportOptions): boolean => sets.has(keyOf(id, options));

/** Forgets all sets but these: each may take much memory. */
export function forgetOthers(
  needed: readonly { readonly id: string; readonly options: ImportOptions }[],
): void {
  const wanted = new Set(needed.map(({ id, options }) => keyOf(id, options)));
  for (const key of sets.keys()) if (!wanted.has(key)) sets.delete(key);
}

function setOf(id: string, options: ImportOptions): PreparedSet {
  const set = sets.get(keyOf(id, options));
  if (!set) throw new MissingData(options);
  return set;
}

/** A file of the user's own as a data set; undefined for ids that name none. */
export function findImport(id: string): Source | undefined {
  return importId.test(id) ? (importSource(id) as Source) : undefined;
}

const importSource = (id: string) =>
  defineSource({
    id,
    title: 'Your own data',
    summary: 'Rows of a file.',
    family: 'Files',
    options: importOptions,
    ports: ({ shape, classes }) => ({ x: shape, ...(classes.length > 0 && { labels: [classes.length] }) }),
    draw(options, rows, stream) {
      const places = Int32Array.from({ length: rows }, () => stream.integer(options.rows));
      return takeFrom(setOf(id, options), { ...options, flip: false }, places);
    },
    classes: ({ classes }) => classes,
    held: {
      rows: ({ rows, heldOut }, split) => splitRange(rows, split, heldOut),
      places: (options, part) => placesOfPart(setOf(id, options), options, part),
      take: (options, places) => takeFrom(setOf(id, options), options, places),
    },
    python: (options) => importPython(id, options),
  });
