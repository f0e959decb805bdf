import { showToast } from '@/components/ui/toast';
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import { type Diagnostic, hasErrors } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import { fingerprint } from '@/lib/train/checkpoint';
import { loadCheckpoint } from '@/lib/train/checkpoint-store';

/** The plan of a document, and what its last checkpoint holds where that fits; undefined where a message says why not. */
export async function planToExport(id: string, graph: Graph) {
  const checked = checkGraph(graph);
  if (hasErrors(checked.diagnostics)) {
    showRefused(checked.diagnostics.filter(({ severity }) => severity === 'error'));
    return undefined;
  }
  const plan = compilePlan(checked);
  const checkpoint = await loadCheckpoint(id);
  const trained = checkpoint?.fingerprint === fingerprint(plan) ? checkpoint.data : undefined;
  return { checked, plan, trained };
}

export function showRefused([first]: readonly Diagnostic[]): void {
  showToast({
    title: 'This game cannot be exported',
    description: [first?.node, first?.message, first?.hint].filter(Boolean).join(' · '),
  });
}
