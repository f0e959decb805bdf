import type { Plan, PlanNode, Ref } from '@/lib/compile/plan';
import { gameTasks, refKey } from '@/lib/compile/tf/tasks';
import { resolveParams } from '@/lib/nodes/params';
import { defined } from '@/lib/util/assert';
import { writeEvaluation } from './evaluation';
import { torchOf, Unexportable } from './expressions';
import { snake } from './identifiers';
import type { Names } from './names';
import { pythonMetrics } from './python-metrics';

/** The metrics of a plan in Python: what they read, how they measure it, and which stay in the editor. */
interface WrittenMetrics {
  readonly helpers: readonly string[];
  readonly functions: readonly string[];
  readonly table: string;
  /** Ids of those that have no form in Python. */
  readonly left: readonly string[];
}

export function writeMetrics(plan: Plan, names: Names): WrittenMetrics {
  const written = pythonMetrics(plan).flatMap(({ node, python }) => {
    const name = names.globals.name(`read_${snake(node.id)}`);
    const text = writeReading(plan, node, names, name);
    return text === undefined ? [] : [{ node, python, name, text }];
  });
  const rows = written.map(({ node, python, name }) => {
    const { samples = plan.settings.batchSize, every = 500 } = resolveParams(node.params, 0);
    return `    "${node.id}": (${samples}, ${every}, ${name}, lambda read: ${python.expression}),\n`;
  });
  return {
    helpers: [...new Set(written.flatMap(({ python }) => python.helpers))],
    functions: written.map(({ text }) => text),
    table: `METRICS = {${rows.length > 0 ? '\n' : ''}${rows.join('')}}  # samples, iterations between two, what is read, what is made of it`,
    left: plan.metrics.map(({ id }) => id).filter((id) => !written.some(({ node }) => node.id === id)),
  };
}

/** Undefined where what it reads cannot be evaluated in the file as it is here. */
function writeReading(plan: Plan, node: PlanNode, names: Names, name: string): string | undefined {
  const refs = Object.values(node.inputs).flat();
  // Of a penalty that is only asked for now and then, a look here sees the whole.
  if (gameTasks(plan, refs).some(({ node: each, definition }) => isCounted(each, definition.role)))
    return undefined;
  try {
    const { lines, values } = writeEvaluation(plan, names, refs, { notes: false });
    const value = (ref: Ref) => defined(values.get(refKey(ref)), refKey(ref));
    const read = Object.entries(node.inputs).map(
      ([port, list]) => `"${port}": [${list.map(value).join(', ')}]`,
    );
    return `def ${name}(batch):
${[...lines, `return {${read.join(', ')}}`].map((line) => `    ${line}`).join('\n')}`;
  } catch (error) {
    if (error instanceof Unexportable) return undefined;
    throw error;
  }
}

const isCounted = (node: PlanNode, role: string): boolean =>
  role === 'loss' && torchOf(node).counts?.(node.params) === true;
