/**
 * Explicit compile hints of V8: a script that begins with this comment is compiled whole, on another thread while it
 * is fetched, and not function by function on the page's when each is called first. Other engines read a comment.
 * https://v8.dev/blog/explicit-compile-hints
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HINT = '//# allFunctionsCalledOnLoad\n';
/** Larger ones are libraries of which a visit uses little, such as the layout's. */
const MOST_CHARACTERS = 500_000;
/**
 * Of tfjs, which only workers run, and of React, Next and React Flow: a first load calls a small part of them, and
 * waits until the whole is compiled.
 */
const others = /registerKernel|__next|react-flow__/;

/** Puts the hint before the scripts of a build's folder, but large ones and those of libraries. */
export function addCompileHints(folder) {
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    if (text.startsWith(HINT) || text.length > MOST_CHARACTERS || others.test(text)) continue;
    writeFileSync(path, HINT + text);
  }
}
