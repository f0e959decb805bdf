import { checkGraph } from '@/lib/check/check';
import { readLesson } from '@/lib/check/lesson';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { type Diagnostic, hasErrors } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import { type Checkpoint, fingerprint } from '@/lib/train/checkpoint';
import { encodeSafetensors } from './safetensors';
import { toTorch } from './torch/to-torch';
import { toTorchState } from './torch-state';

export type TorchFiles =
  | { readonly ok: true; readonly plan: Plan; readonly script: string; readonly weights?: Uint8Array }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * A graph as a Python file and, where there is a checkpoint of this very game, its weights, which the file
 * looks for under `weightsName`. A checkpoint of another game is left out.
 */
export function torchFiles(
  graph: Graph,
  checkpoint: Checkpoint | undefined,
  weightsName: string,
): TorchFiles {
  const { diagnostics, ...checked } = checkGraph(graph);
  if (hasErrors(diagnostics))
    return { ok: false, diagnostics: diagnostics.filter(({ severity }) => severity === 'error') };
  const plan = compilePlan({ ...checked, diagnostics });
  const fits = checkpoint?.fingerprint === fingerprint(plan);
  const state = fits ? toTorchState(plan, checkpoint.data.arrays) : undefined;
  const { title } = graph;
  const about = readLesson(graph.about).text;
  const written = toTorch(plan, { title, about, ...(state && { weights: weightsName }) });
  if (!written.ok) return written;
  return {
    ok: true,
    plan,
    script: written.text,
    ...(state && { weights: encodeSafetensors(state, { title }) }),
  };
}
