import type { Plan, PlanNode } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import type { PythonSource } from '@/lib/data/python';
import { dealPython } from '@/lib/nodes/sources/pool-python';
import { Unexportable, withoutRamps } from './expressions';
import { snake } from './identifiers';
import type { Names } from './names';

const indent = (text: string): string => text.replace(/^(?=.)/gm, '    ');

interface Drawn {
  readonly node: PlanNode;
  readonly python: PythonSource;
}

/** The sources of a plan, those that have no Python apart, and the functions and tables that they share. */
export function sourcesOf(plan: Plan) {
  const drawn: Drawn[] = [];
  const problems: Unexportable[] = [];
  for (const node of plan.game.filter(({ kind }) => definitionOf(kind).role === 'source'))
    try {
      drawn.push({ node, python: pythonOf(node) });
    } catch (error) {
      if (!(error instanceof Unexportable)) throw error;
      problems.push(error);
    }
  const helpers = [...new Set([...drawn.flatMap(({ python }) => python.helpers), dealPython])];
  return { drawn, problems, helpers };
}

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

function pythonOf(node: PlanNode): PythonSource {
  const definition = definitionOf(node.kind);
  if (definition.role !== 'source' || !definition.python)
    throw new Unexportable(node.id, `The source ${node.kind} cannot be drawn in Python yet.`);
  const { params, restore, insist } = withoutRamps(node);
  const { helpers, body } = definition.python(params);
  insist([body]);
  return { helpers, body: restore(body) };
}
