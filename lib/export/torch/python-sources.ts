import type { Plan, PlanNode } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import type { PythonSource } from '@/lib/data/python';
import { dealPython } from '@/lib/nodes/sources/pool-python';
import { Unexportable, withoutRamps } from './expressions';

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

function pythonOf(node: PlanNode): PythonSource {
  const definition = definitionOf(node.kind);
  if (definition.role !== 'source' || !definition.python)
    throw new Unexportable(node.id, `The source ${node.kind} cannot be drawn in Python yet.`);
  const { python } = definition;
  const { params, restore, insist } = withoutRamps(node, (given) => [python(given).body]);
  const { helpers, body } = python(params);
  insist([body]);
  return { helpers, body: restore(body) };
}
