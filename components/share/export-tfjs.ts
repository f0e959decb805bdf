import { downloadFile, stemOf } from '@/components/ui/download';
import { showToast } from '@/components/ui/toast';
import { spell } from '@/lib/check/mention';
import { networkName } from '@/lib/check/names';
import { layersModels } from '@/lib/export/layers-models';
import type { Graph } from '@/lib/graph/schema';
import { planToExport, showRefused } from './plan-to-export';

/** Hands over the networks as layers models of TensorFlow.js, trained as far as the document's checkpoint. */
export async function exportTfjs(id: string, graph: Graph): Promise<void> {
  const found = await planToExport(id, graph);
  if (!found) return;
  const { checked, plan, trained } = found;
  const { zip, networks, diagnostics: mentioning } = layersModels(plan, trained?.arrays);
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
  else if (!trained)
    showToast({
      title: 'Exported untrained networks',
      description: 'These are the initial weights. Train first, then export again.',
    });
}
