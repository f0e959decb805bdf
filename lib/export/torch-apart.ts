import type { Graph } from '@/lib/graph/schema';
import type { Checkpoint } from '@/lib/train/checkpoint';
import { type TorchFiles, torchFiles } from './torch-files';

export interface AskedTorch {
  readonly graph: Graph;
  readonly checkpoint: Checkpoint | undefined;
  readonly weightsName: string;
}

/** `torchFiles` in a worker, since a metric may have the classifier of its data trained; here, if there is no worker. */
export function torchFilesApart(
  graph: Graph,
  checkpoint: Checkpoint | undefined,
  weightsName: string,
): Promise<TorchFiles> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./torch-worker.ts', import.meta.url), {
      type: 'module',
      name: 'ganvas-export',
    });
    const end = (found: TorchFiles) => {
      worker.terminate();
      resolve(found);
    };
    worker.onmessage = ({ data }: MessageEvent<TorchFiles>) => end(data);
    worker.onerror = () => end(torchFiles(graph, checkpoint, weightsName));
    worker.postMessage({ graph, checkpoint, weightsName } satisfies AskedTorch);
  });
}
