import { downloadFile, stemOf } from '@/components/ui/download';
import { showToast } from '@/components/ui/toast';
import { encodeWeightsFile } from '@/lib/export/weights-file';
import type { Graph } from '@/lib/graph/schema';
import type { Checkpoint } from '@/lib/train/checkpoint';
import { loadCheckpoint } from '@/lib/train/checkpoint-store';

/** Hands over one file with the document and the weights of its last checkpoint. */
export async function saveWithWeights(id: string, graph: Graph): Promise<void> {
  const checkpoint = await loadCheckpoint(id);
  const bytes = checkpoint && encodeWeightsFile(graph, checkpoint);
  if (bytes) downloadFile(`${stemOf(graph.title)}.safetensors`, bytes, 'application/octet-stream');
  else showNoWeights(checkpoint);
}

/** Of this very graph, where there is a checkpoint. */
export function showNoWeights(checkpoint: Checkpoint | undefined): void {
  showToast({
    title: 'There are no weights to save',
    description: checkpoint
      ? 'The graph has changed since it was trained. Press play, then save again.'
      : 'Press play first; the weights of the run are saved with the graph.',
  });
}
