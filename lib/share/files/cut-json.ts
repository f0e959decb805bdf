import { formatPath } from '@/lib/graph/parse';

/** Where a JSON text ends too early. */
export interface Cut {
  readonly characters: number;
  readonly line: number;
  /** The last value that is there, whole or not: `nodes[12]`. */
  readonly path: string;
}

/**
 * Where the text is cut off, if that is all that is wrong with it: up to its last bracket or comma it is JSON once its
 * brackets are closed, and what follows begins a value. Undefined for text that is broken in another way.
 */
export function whereCut(text: string): Cut | undefined {
  const { open, end } = scan(text);
  if (open.length === 0 || !beginning.test(text.slice(end))) return undefined;
  const closing = scan(text.slice(0, end)).open;
  try {
    const value: unknown = JSON.parse(text.slice(0, end) + [...closing].reverse().join(''));
    const line = text.trimEnd().split('\n').length;
    return { characters: text.length, line, path: formatPath(lastPath(value, closing.length)) };
  } catch {
    return undefined;
  }
}

/** A comma, then a string or another value, or a key and a value, each whole or not. */
const string = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)`;
const word = String.raw`(?:[a-z]{1,5}|[-+.eE\d]+)`;
const beginning = new RegExp(
  String.raw`^\s*,?\s*(?:${string}(?:\s*:\s*(?:${string}|${word})?)?|${word})?\s*$`,
);

/** The brackets that are open at the end, and the last position where a value may have ended. */
function scan(text: string): { readonly open: readonly string[]; readonly end: number } {
  const open: string[] = [];
  let end = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === ',') end = at;
    else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']');
      end = at + 1;
    } else if (character === '}' || character === ']') {
      open.pop();
      end = at + 1;
    }
  }
  return { open, end };
}

/** The way to the last value, so many levels down. */
function lastPath(root: unknown, levels: number): PropertyKey[] {
  const path: PropertyKey[] = [];
  let value = root;
  for (let level = 0; level < levels; level++) {
    if (typeof value !== 'object' || value === null) break;
    const key = Array.isArray(value) ? value.length - 1 : Object.keys(value).at(-1);
    if (key === undefined || key === -1) break;
    path.push(key);
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return path;
}
