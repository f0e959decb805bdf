import { downloadFile, stemOf } from '@/components/ui/download';
import { torchFilesApart } from '@/lib/export/torch-apart';
import type { Graph } from '@/lib/graph/schema';
import { loadCheckpoint } from '@/lib/train/checkpoint-store';
import { showRefused } from './plan-to-export';

/** Hands the game to the person as a Python file, with the weights of its last checkpoint where there is one. */
export async function exportTorch(id: string, graph: Graph): Promise<void> {
  const name = stemOf(graph.title);
  const files = await torchFilesApart(graph, await loadCheckpoint(id), `${name}.safetensors`);
  if (!files.ok) {
    showRefused(files.diagnostics);
    return;
  }
  downloadFile(`${name}.py`, files.script, 'text/x-python');
  if (files.weights) downloadFile(`${name}.safetensors`, files.weights, 'application/octet-stream');
}
