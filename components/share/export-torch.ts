import { showToast } from '@/components/ui/toast';
import { torchFiles } from '@/lib/export/torch-files';
import type { Graph } from '@/lib/graph/schema';
import { loadCheckpoint } from '@/lib/train/checkpoint-store';
import { downloadFile, fileNameOf } from './open-file';

/** Hands the game to the person as a Python file, with the weights of its last checkpoint where there is one. */
export async function exportTorch(id: string, graph: Graph): Promise<void> {
  const name = fileNameOf(graph.title).replace(/\.json$/, '');
  const files = torchFiles(graph, await loadCheckpoint(id), `${name}.safetensors`);
  if (!files.ok) {
    const [first] = files.diagnostics;
    showToast({
      title: 'This game cannot be exported',
      description: [first?.node, first?.message, first?.hint].filter(Boolean).join(' · '),
    });
    return;
  }
  downloadFile(`${name}.py`, files.script, 'text/x-python');
  if (files.weights) downloadFile(`${name}.safetensors`, files.weights, 'application/octet-stream');
}
