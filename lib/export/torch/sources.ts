import type { Plan, PlanNode } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import type { PythonSource } from '@/lib/data/python';
import { dealPython } from '@/lib/nodes/sources/pool-python';
import { Unexportable, withoutRamps } from './expressions';
import { snake } from './identifiers';
import type { Names } from './names';

const indent = (text: string): string => text.replace(/^(?=.)/gm, '    ');

/** A function per source, what they share, and a table of them. */
export function writeSources(
  plan: Plan,
  names: Names,
): { readonly text: string; readonly problems: Unexportable[] } {
  const problems: Unexportable[] = [];
  const written = plan.game.flatMap((node) => {
    if (definitionOf(node.kind).role !== 'source') return [];
    try {
      const { helpers, body } = pythonOf(node);
      const name = names.globals.name(snake(`draw_${node.id}`));
      return [{ node, name, helpers, text: `def ${name}(rng, rows, index):\n${indent(body)}` }];
    } catch (error) {
      if (!(error instanceof Unexportable)) throw error;
      problems.push(error);
      return [];
    }
  });
  const helpers = new Set([...written.flatMap((source) => source.helpers), dealPython]);
  const table = `SOURCES = {${written.map(({ node, name }) => `"${node.id}": ${name}`).join(', ')}}`;
  return { text: [...helpers, ...written.map(({ text }) => text), table].join('\n\n\n'), problems };
}

function pythonOf(node: PlanNode): PythonSource {
  const definition = definitionOf(node.kind);
  if (definition.role !== 'source' || !definition.python)
    throw new Unexportable(node.id, `The source ${node.kind} cannot be drawn in Python yet.`);
  const { params, restore, insist } = withoutRamps(node);
  const { helpers, body } = definition.python(params);
  insist([body]);
  return { helpers, body: restore(body) };
}
