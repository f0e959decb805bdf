import { MOST_WEIGHTS, type OpenedWeights, openWeightsFile } from '@/lib/export/weights-file';
import type { Graph } from '@/lib/graph/schema';
import type { TrainingStore } from '@/lib/store/training-state';
import { replaceRun } from '@/lib/train/document-runs';
import { formatCount } from '@/lib/util/format-count';

type Outcome =
  | Extract<OpenedWeights, { ok: false }>
  | (Pick<Extract<OpenedWeights, { ok: true }>, 'ok' | 'problems'> & { readonly said: string });

/**
 * Opens a file of weights: with its own document where it holds one, else for the document that is open. The
 * run is at the file's iteration and shows its samples.
 */
export async function openWeightsOf(
  file: File,
  current: Graph,
  open: (graph: Graph) => void,
  training: TrainingStore,
): Promise<Outcome> {
  if (file.size > MOST_WEIGHTS) return tooLarge(file);
  const opened = openWeightsFile(new Uint8Array(await file.arrayBuffer()), current);
  if (!opened.ok) return opened;
  const { graph, isOwn, checkpoint, fitted, wanted, notes, problems } = opened;
  if (isOwn) open(graph);
  const { documentId } = training.getState();
  training.openWeights({
    iteration: checkpoint.counters.iteration,
    write: () => replaceRun(documentId, checkpoint),
  });
  const said = `${fitted} of ${wanted} tensors were loaded into “${graph.title}”, which is now at iteration ${formatCount(checkpoint.counters.iteration)}.`;
  return { ok: true, problems, said: [said, ...notes].join(' ') };
}

const tooLarge = ({ name, size }: File): Outcome => ({
  ok: false,
  diagnostics: [
    {
      code: 'file-too-large',
      severity: 'error',
      message: `“${name}” has ${(size / 1e6).toFixed(1)} MB; weights of at most ${MOST_WEIGHTS / 1e6} MB are read.`,
    },
  ],
});
