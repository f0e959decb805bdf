import { graphAt, putBack } from '@/lib/check/blocks/inside';
import { partsOf } from '@/lib/check/blocks/plain-id';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { findExample } from '@/lib/examples/catalogue';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Graph, Settings } from '@/lib/graph/schema';
import type { Tf } from '@/lib/nodes/define';
import { assert, defined } from '@/lib/util/assert';
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

/**
 * The graph with other parameters on some nodes, by their plain ids: `use:node` is a node of the block that is used
 * there, and changes with all uses of it.
 */
export const withParams = (graph: Graph, changes: Record<string, Graph['nodes'][number]['params']>): Graph =>
  Object.entries(changes).reduce((changed, [plainId, params]) => {
    const { path, own } = partsOf(plainId);
    const inside = graphAt(changed, path);
    const isThere = (path.length === 0 || inside !== changed) && inside.nodes.some(({ id }) => id === own);
    assert(isThere, `there is a node ${plainId}`);
    const nodes = inside.nodes.map((node) =>
      node.id === own ? { ...node, params: { ...node.params, ...params } } : node,
    );
    return putBack(changed, { ...inside, nodes });
  }, graph);

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
