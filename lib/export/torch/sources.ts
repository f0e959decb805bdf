import type { Plan } from '@/lib/compile/plan';
import { indent } from '@/lib/data/python';
import type { Unexportable } from './expressions';
import { snake } from './identifiers';
import type { Names } from './names';
import { sourcesOf } from './python-sources';

/** A function per source, what they share, and a table of them. */
export function writeSources(
  plan: Plan,
  names: Names,
): { readonly text: string; readonly problems: Unexportable[] } {
  const { drawn, problems, helpers } = sourcesOf(plan);
  const written = drawn.map(({ node, python }) => {
    const name = names.globals.name(snake(`draw_${node.id}`));
    return { node, name, text: `def ${name}(rng, rows, index):\n${indent(python.body)}` };
  });
  const table = `SOURCES = {${written.map(({ node, name }) => `"${node.id}": ${name}`).join(', ')}}`;
  return { text: [...helpers, ...written.map(({ text }) => text), table].join('\n\n\n'), problems };
}
