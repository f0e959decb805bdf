import type { Plan, PlanNode, Ref } from '@/lib/compile/plan';
import { definitionOf, gameTasks, refKey } from '@/lib/compile/tf/tasks';
import { resolveParams } from '@/lib/nodes/params';
import { defined } from '@/lib/util/assert';
import { application, writeEvaluation } from './evaluation';
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
    if (text === undefined) return [];
    const run = writeRun(plan, node, names);
    return [{ node, python, name, run, text: run ? `${text}\n\n\n${run.text}` : text }];
  });
  const rows = written.map(({ node, python, name, run }) => {
    const { samples = probedOf(node) ? EXTENT_ROWS : plan.settings.batchSize, every = 500 } = resolveParams(
      node.params,
      0,
    );
    const args = run ? `read, apply=${run.name}` : 'read';
    return `    "${node.id}": (${samples}, ${every}, ${name}, lambda ${args}: ${python.expression}),\n`;
  });
  return {
    helpers: [...new Set(written.flatMap(({ python }) => python.helpers))],
    functions: written.map(({ text }) => text),
    table: `METRICS = {${rows.length > 0 ? '\n' : ''}${rows.join('')}}  # samples, iterations between two, what is read, what is made of it`,
    left: plan.metrics.map(({ id }) => id).filter((id) => !written.some(({ node }) => node.id === id)),
  };
}

/** Rows that say over which extent a network is probed. */
const EXTENT_ROWS = 512;

function probedOf({ kind, params }: PlanNode) {
  const definition = definitionOf(kind);
  if (definition.role !== 'metric' || !definition.probes) return undefined;
  const { over, probe } = definition.probes;
  return { over, ...probe(resolveParams(params, 0)) };
}

function rerunOf({ kind, params }: PlanNode) {
  const definition = definitionOf(kind);
  return definition.role === 'metric' ? definition.reruns?.of(resolveParams(params, 0)) : undefined;
}

/** The network that a metric probes, or runs again, as a function of rows. */
function writeRun(plan: Plan, node: PlanNode, names: Names) {
  const about = probedOf(node) ?? rerunOf(node);
  const network = plan.networks.find(({ id }) => id === about?.network);
  const input = network?.inputs.find(({ name }) => name === about?.input);
  if (!about || !input) return undefined;
  const apply = application(plan, names, { ...about, mode: 'eval' });
  const name = names.globals.name(`run_${snake(node.id)}`);
  const text = `def ${name}(rows):
    return run_rows(lambda x: ${apply({ [input.name]: 'x' })}, rows.reshape(-1, ${input.shape.dims.join(', ')}))`;
  return { name, text };
}

/** What it reads, by port; of one that probes a network, also the sources that say where. */
const readBy = (node: PlanNode): PlanNode['inputs'] => ({
  ...node.inputs,
  ...Object.fromEntries(
    (probedOf(node)?.over ?? []).map((param) => [param, [{ node: String(node.params[param]), port: 'x' }]]),
  ),
});

/** Undefined where what it reads cannot be evaluated in the file as it is here. */
function writeReading(plan: Plan, node: PlanNode, names: Names, name: string): string | undefined {
  const refs = Object.values(readBy(node)).flat();
  // Of a penalty that is only asked for now and then, a look here sees the whole.
  if (gameTasks(plan, refs).some(({ node: each, definition }) => isCounted(each, definition.role)))
    return undefined;
  try {
    const { lines, values } = writeEvaluation(plan, names, refs, { notes: false });
    const value = (ref: Ref) => defined(values.get(refKey(ref)), refKey(ref));
    const read = Object.entries(readBy(node)).map(
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
