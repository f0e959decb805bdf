import { downloadFile, stemOf } from '@/components/ui/download';
import { showToast } from '@/components/ui/toast';
import { checkGraph } from '@/lib/check/check';
import { spell } from '@/lib/check/mention';
import { nameOf } from '@/lib/check/names';
import { compilePlan } from '@/lib/compile/compile';
import { startBackend } from '@/lib/engine/backend';
import { onnxModel } from '@/lib/export/onnx/to-onnx';
import { hasErrors } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import { fingerprint } from '@/lib/train/checkpoint';
import { loadCheckpoint } from '@/lib/train/checkpoint-store';
import { provideKeptData } from '@/lib/train/provide-data';
import { generatedBy } from '@/lib/train/sample-set';
import { showRefused } from './export-torch';

/** Hands over what makes the samples of the first view as an ONNX model, trained as far as the checkpoint. */
export async function exportOnnx(id: string, graph: Graph): Promise<void> {
  const checked = checkGraph(graph);
  if (hasErrors(checked.diagnostics)) {
    showRefused(checked.diagnostics.filter(({ severity }) => severity === 'error'));
    return;
  }
  const plan = compilePlan(checked);
  const [of] = generatedBy(plan);
  if (!of) {
    showToast({
      title: 'There is no generator to export',
      description: 'No view shows fakes. Wire what the generator makes into “fake” of a Samples view.',
    });
    return;
  }
  const checkpoint = await loadCheckpoint(id);
  const fits = checkpoint?.fingerprint === fingerprint(plan);
  await provideKeptData(plan);
  // Plain kernels, each of which has an operator: the faster ones compute several at once.
  const engine = await startBackend('cpu', { stockKernels: true });
  try {
    const made = onnxModel(engine.tf, plan, { of, ...(fits && { state: checkpoint.data }) });
    if (!made.ok) {
      showRefused(made.diagnostics.map((each) => spell(each, checked)));
      return;
    }
    downloadFile(`${stemOf(graph.title)}.onnx`, made.bytes, 'application/octet-stream');
    showToast({
      title: `Exported ${nameOf(checked, of.node)}${fits ? '' : ', untrained'}`,
      description: `From ${Object.values(made.inputs).join(' and ')} to samples, for any number of rows.`,
    });
  } finally {
    engine.dispose();
  }
}
