/**
 * Ids in the plain graph: an id of the document, or behind the ids of the uses that lead to it, `use:use:node`. A
 * colon stands in no id, and in no name of an array that a checkpoint or an export has.
 */
export const SEPARATOR = ':';

export const joinIds = (path: readonly string[], id: string): string => [...path, id].join(SEPARATOR);

/** What the plain ids of all that is in a use begin with. */
export const insideOf = (use: string): string => `${use}${SEPARATOR}`;

/** The uses that lead to it, and its own id. */
export function partsOf(plainId: string): { readonly path: readonly string[]; readonly own: string } {
  const parts = plainId.split(SEPARATOR);
  return { path: parts.slice(0, -1), own: parts.at(-1) as string };
}

/** The first id behind a prefix, and whether it is all that is there; undefined where it begins with another. */
export function firstIn(
  prefix: string,
  plainId: string,
): { readonly id: string; readonly isLast: boolean } | undefined {
  if (!plainId.startsWith(prefix)) return undefined;
  const [id = '', ...more] = plainId.slice(prefix.length).split(SEPARATOR);
  return { id, isLast: more.length === 0 };
}
