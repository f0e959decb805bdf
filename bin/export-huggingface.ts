import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { huggingFaceFiles } from '@/lib/export/huggingface';
import { torchFiles } from '@/lib/export/torch-files';
import { defined } from '@/lib/util/assert';
import { printDiagnostics } from './load';
import { openTrained } from './trained';
import { UsageError } from './usage';

interface Wanted {
  readonly out?: string | undefined;
  readonly checkpoint?: string | undefined;
  readonly data: readonly string[];
}

/** A trained game as a folder that Hugging Face takes as it is, its metrics measured anew for the card. */
export async function exportHuggingFace(name: string | undefined, wanted: Wanted): Promise<number> {
  const { out } = wanted;
  if (!out) throw new UsageError('Where to? -o takes the name of a folder: -o model.');
  const trained = await openTrained(name, wanted);
  if (!trained) return 2;
  const { graph, checked, plan, checkpoint, loop, close } = trained;
  try {
    const files = torchFiles(graph, checkpoint, 'model.safetensors');
    if (!files.ok) {
      printDiagnostics(files.diagnostics);
      return 2;
    }
    const { iteration } = checkpoint.counters;
    const folder = huggingFaceFiles({
      graph,
      checked,
      plan,
      script: files.script,
      weights: defined(files.weights, 'weights of the game of the checkpoint'),
      iteration,
      metrics: { iteration, values: await loop.measure() },
    });
    mkdirSync(out, { recursive: true });
    for (const [file, content] of Object.entries(folder)) writeFileSync(join(out, file), content);
    process.stderr.write(`${Object.keys(folder).join(', ')} are in ${out}.\n`);
  } finally {
    close();
  }
  return 0;
}
