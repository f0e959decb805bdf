import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGraph } from '@/lib/check/check';
import { startBackend } from '@/lib/engine/backend';
import { huggingFaceFiles } from '@/lib/export/huggingface';
import { torchFiles } from '@/lib/export/torch-files';
import { createHeadlessLoop } from '@/lib/train/headless';
import { readCheckpoint } from './checkpoint-files';
import { openData, provideData } from './data-files';
import { loadGraph, printDiagnostics } from './load';
import { UsageError } from './usage';

interface Wanted {
  readonly out?: string | undefined;
  readonly checkpoint?: string | undefined;
  readonly data: readonly string[];
}

/** A trained game as a folder that Hugging Face takes as it is, its metrics measured anew for the card. */
export async function exportHuggingFace(name: string | undefined, wanted: Wanted): Promise<number> {
  const { out, checkpoint: path } = wanted;
  if (!out) throw new UsageError('Where to? -o takes the name of a folder: -o model.');
  if (path === undefined) throw new UsageError('Which run? --checkpoint takes the folder of train --out.');
  const graph = await loadGraph(name);
  if (!graph) return 2;
  const checkpoint = readCheckpoint(path);
  const files = torchFiles(graph, checkpoint, 'model.safetensors');
  if (!files.ok) {
    printDiagnostics(files.diagnostics);
    return 2;
  }
  const { plan, script, weights } = files;
  if (!weights)
    throw new UsageError('--checkpoint: the checkpoint belongs to another graph, seed or batch size.');
  await provideData(plan, await Promise.all(wanted.data.map(openData)));
  const engine = await startBackend('wasm');
  try {
    const loop = createHeadlessLoop(engine.tf, plan);
    loop.restore(checkpoint);
    const metrics = await loop.measure();
    loop.dispose();
    const { iteration } = checkpoint.counters;
    const folder = huggingFaceFiles({
      checked: checkGraph(graph),
      plan,
      script,
      weights,
      iteration,
      metrics,
    });
    mkdirSync(out, { recursive: true });
    for (const [file, content] of Object.entries(folder)) writeFileSync(join(out, file), content);
    process.stderr.write(`${Object.keys(folder).join(', ')} are in ${out}.\n`);
  } finally {
    engine.dispose();
  }
  return 0;
}
