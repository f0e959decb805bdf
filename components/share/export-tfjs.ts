import { downloadFile, stemOf } from '@/components/ui/download';
import { showToast } from '@/components/ui/toast';
import { checkGraph } from '@/lib/check/check';
import { spell } from '@/lib/check/mention';
import { networkName } from '@/lib/check/names';
import { compilePlan } from '@/lib/compile/compile';
import { layersModels } from '@/lib/export/layers-models';
import { hasErrors } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import { fingerprint } from '@/lib/train/checkpoint';
import { loadCheckpoint } from '@/lib/train/checkpoint-store';
import { showRefused } from './export-torch';

/** Hands over the networks as layers models of TensorFlow.js, trained as far as the document's checkpoint. */
export async function exportTfjs(id: string, graph: Graph): Promise<void> {
  const checked = checkGraph(graph);
  if (hasErrors(checked.diagnostics)) {
    showRefused(checked.diagnostics.filter(({ severity }) => severity === 'error'));
    return;
  }
  const plan = compilePlan(checked);
  const checkpoint = await loadCheckpoint(id);
  const fits = checkpoint?.fingerprint === fingerprint(plan);
  const {
    zip,
    networks,
    diagnostics: mentioning,
  } = layersModels(plan, fits ? checkpoint.data.arrays : undefined);
  const diagnostics = mentioning.map((each) => spell(each, checked));
  if (networks.length === 0) {
    showRefused(diagnostics);
    return;
  }
  downloadFile(`${stemOf(graph.title)}.zip`, zip, 'application/zip');
  const [left] = diagnostics;
  if (left)
    showToast({
      title: `Exported ${networks.map((network) => networkName(checked, network)).join(', ')} alone`,
      description: left.message,
    });
  else if (!fits)
    showToast({
      title: 'Exported untrained networks',
      description: 'These are the initial weights. Train first, then export again.',
    });
}
