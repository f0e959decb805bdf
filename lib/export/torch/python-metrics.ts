import type { Plan, PlanNode } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import type { PythonMetric } from '@/lib/data/python';
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
  const dataset = plan.game.find(({ id }) => id === params.dataset);
  const source = dataset && definitionOf(dataset.kind);
  const truth =
    dataset && source?.role === 'source' ? source.truth?.(resolveParams(dataset.params, 0)) : undefined;
  return definition.python?.({ params, inputs: shapesOf(node).inputs, ...(truth && { truth }) });
}
