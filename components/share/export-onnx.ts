import { downloadFile, stemOf } from '@/components/ui/download';
import { showToast } from '@/components/ui/toast';
import { spell } from '@/lib/check/mention';
import { nameOf } from '@/lib/check/names';
import { startBackend } from '@/lib/engine/backend';
import { onnxModel } from '@/lib/export/onnx/to-onnx';
import type { Graph } from '@/lib/graph/schema';
import { provideKeptData } from '@/lib/train/provide-data';
import { generatedBy, nothingGenerated } from '@/lib/train/sample-set';
import { planToExport, showRefused } from './plan-to-export';

/** Hands over what makes the samples of the first view as an ONNX model, trained as far as the checkpoint. */
export async function exportOnnx(id: string, graph: Graph): Promise<void> {
  const found = await planToExport(id, graph);
  if (!found) return;
  const { checked, plan, trained } = found;
  const [of] = generatedBy(plan);
  if (!of) {
    showToast({
      title: 'There is no generator to export',
      description: nothingGenerated,
    });
    return;
  }
  await provideKeptData(plan);
  // Plain kernels, each of which has an operator: the faster ones compute several at once.
  const engine = await startBackend('cpu', { stockKernels: true });
  try {
    const made = onnxModel(engine.tf, plan, { of, ...(trained && { state: trained }) });
    if (!made.ok) {
      showRefused(made.diagnostics.map((each) => spell(each, checked)));
      return;
    }
    downloadFile(`${stemOf(graph.title)}.onnx`, made.bytes, 'application/octet-stream');
    showToast({
      title: `Exported ${nameOf(checked, of.node)}${trained ? '' : ', untrained'}`,
      description: `From ${Object.values(made.inputs).join(' and ')} to samples, for any number of rows.`,
    });
  } finally {
    engine.dispose();
  }
}
