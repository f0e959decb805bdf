/// <reference lib="webworker" />
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import { MissingData } from '@/lib/data/files/import-source';
import type { Graph } from '@/lib/graph/schema';
import { provideKeptData } from '@/lib/train/provide-data';
import type { AskedTorch } from './torch-apart';
import { torchFiles } from './torch-files';

/** Binds the export to the messages of a worker. */
declare const self: DedicatedWorkerGlobalScope;

self.onmessage = async ({ data: { graph, checkpoint, weightsName } }: MessageEvent<AskedTorch>) => {
  await provideData(graph);
  self.postMessage(torchFiles(graph, checkpoint, weightsName));
};

/** A metric may ask a classifier of a file that this browser keeps; without the file it is left out. */
async function provideData(graph: Graph): Promise<void> {
  try {
    await provideKeptData(compilePlan(checkGraph(graph)));
  } catch (error) {
    if (!(error instanceof MissingData)) throw error;
  }
}
