import { strToU8, zipSync } from 'fflate';
import { askRun } from '@/components/latent/use-generator';
import { downloadFile, stemOf } from '@/components/ui/download';
import { showToast } from '@/components/ui/toast';
import { checkGraph } from '@/lib/check/check';
import { huggingFaceFiles } from '@/lib/export/huggingface';
import { torchFilesApart } from '@/lib/export/torch-apart';
import type { Graph } from '@/lib/graph/schema';
import type { TrainingState, TrainingStore } from '@/lib/store/training-state';
import { loadCheckpoint } from '@/lib/train/checkpoint-store';
import { reasonOf } from '@/lib/util/reason-of';
import { showRefused } from './plan-to-export';
import { showNoWeights } from './save-weights';

/** Hands over a zip of what Hugging Face takes as a model: weights, settings, a card and what makes samples. */
export async function exportHuggingFace(id: string, graph: Graph, training: TrainingStore): Promise<void> {
  const checkpoint = await loadCheckpoint(id);
  const files = await torchFilesApart(graph, checkpoint, 'model.safetensors');
  if (!files.ok) return showRefused(files.diagnostics);
  const { plan, script, weights } = files;
  if (!checkpoint || !weights) return showNoWeights(checkpoint);
  const { iteration } = checkpoint.counters;
  const measured = await measure(training);
  const folder = huggingFaceFiles({
    graph,
    checked: checkGraph(graph),
    plan,
    script,
    weights,
    iteration,
    metrics: measured.ok ? measured.metrics : undefined,
  });
  const stem = stemOf(graph.title);
  const zipped = Object.entries(folder).map(
    ([name, content]) =>
      [`${stem}/${name}`, typeof content === 'string' ? strToU8(content) : content] as const,
  );
  downloadFile(`${stem}-huggingface.zip`, zipSync(Object.fromEntries(zipped)), 'application/zip');
  showToast(
    measured.ok
      ? { title: 'Exported a model for Hugging Face', description: 'generate.py in it makes samples.' }
      : { title: 'Exported a model without metrics', description: measured.problem },
  );
}

async function measure(training: TrainingStore) {
  try {
    await takeUp(training);
    return { ok: true, metrics: await askRun(training, { type: 'metrics' }) } as const;
  } catch (error) {
    return { ok: false, problem: reasonOf(error) } as const;
  }
}

/** Resolves when the run that is kept stands where it ended, or cannot without the person's word. */
async function takeUp(training: TrainingStore): Promise<void> {
  if (training.getState().status.type === 'idle') training.rest();
  const isDone = ({ status, asking }: TrainingState) =>
    asking !== undefined || (status.type !== 'idle' && status.type !== 'compiling');
  if (isDone(training.getState())) return;
  await new Promise<void>((resolve) => {
    const end = training.subscribe((state) => {
      if (!isDone(state)) return;
      end();
      resolve();
    });
  });
}
