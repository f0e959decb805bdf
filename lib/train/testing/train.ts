import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { findExample } from '@/lib/examples/catalogue';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Graph, Settings } from '@/lib/graph/schema';
import type { Tf } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import { createHeadlessLoop } from '../headless';
import type { MetricValues } from '../observe';
import type { TrainingLoop } from '../training-loop';

/** What tests of training share: an example with other settings, a loop that records what it says. */
export function loadExample(id: string, settings: Partial<Settings> = {}): Graph {
  const parsed = parseDocumentValue(defined(findExample(id), id).document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return { ...parsed.graph, settings: { ...parsed.graph.settings, ...settings } };
}

export const planOf = (graph: Graph): Plan => compilePlan(checkGraph(graph));

/** The graph with other parameters on some nodes. */
export const withParams = (
  graph: Graph,
  changes: Record<string, Graph['nodes'][number]['params']>,
): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({ ...node, params: { ...node.params, ...changes[node.id] } })),
});

export interface Recorded {
  readonly loop: TrainingLoop;
  readonly losses: Record<string, number[]>;
  readonly metrics: { iteration: number; values: MetricValues }[];
  readonly failures: Diagnostic[];
}

export function record(tf: Tf, plan: Plan): Recorded {
  const losses: Record<string, number[]> = {};
  const metrics: Recorded['metrics'] = [];
  const failures: Diagnostic[] = [];
  const loop = createHeadlessLoop(tf, plan, {
    progress(report) {
      for (const [player, { values }] of Object.entries(report.losses))
        losses[player] = [...(losses[player] ?? []), ...values];
    },
    metrics: (iteration, values) => void metrics.push({ iteration, values }),
    failed: (_, diagnostic) => void failures.push(diagnostic),
  });
  return { loop, losses, metrics, failures };
}
