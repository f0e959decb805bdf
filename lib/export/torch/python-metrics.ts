import type { Plan, PlanNode } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import type { PythonMetric } from '@/lib/data/python';
import type { Truth } from '@/lib/data/truth';
import { resolveParams } from '@/lib/nodes/params';
import { shapesOf } from './expressions';

/** Metrics that the file can measure; what they read may still be what it cannot evaluate. */
export const pythonMetrics = (plan: Plan): readonly { node: PlanNode; python: PythonMetric }[] =>
  plan.metrics.flatMap((node) => {
    const python = pythonOf(plan, node);
    return python ? [{ node, python }] : [];
  });

function pythonOf(plan: Plan, node: PlanNode): PythonMetric | undefined {
  const definition = definitionOf(node.kind);
  if (definition.role !== 'metric') return undefined;
  const params = resolveParams(node.params, 0);
  const truth = truthOf(plan, params.dataset);
  return definition.python?.({
    params,
    inputs: shapesOf(node).inputs,
    stream: `Stream(SEED, "${node.id}", "evaluation", "metric")`,
    ...(truth && { truth }),
    ...(definition.probes && {
      truths: Object.fromEntries(
        definition.probes.over.map((param) => [param, truthOf(plan, params[param])]),
      ),
    }),
  });
}

/** What the data set that a metric names knows of itself. */
function truthOf(plan: Plan, dataset: unknown): Truth | undefined {
  const node = plan.game.find(({ id }) => id === dataset);
  const definition = node && definitionOf(node.kind);
  return node && definition?.role === 'source'
    ? definition.truth?.(resolveParams(node.params, 0))
    : undefined;
}
