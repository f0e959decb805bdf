import { checkGraph } from '@/lib/check/check';
import { parseDocument } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { type Diagnostic, hasErrors } from '@/lib/graph/diagnostic';
import { formatGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { type Checkpoint, fingerprint } from '@/lib/train/checkpoint';
import { decodeSafetensors, encodeSafetensors } from './safetensors';
import { fromTorchState, toTorchState } from './state-names';

/**
 * Weights as a safetensors file, under the names of the exported PyTorch modules, with the document in its
 * metadata where the editor wrote it. Moments of optimizers are not in it.
 */

/** Bytes that are read at most. */
export const MOST_WEIGHTS = 1_000_000_000;

/** A graph and the weights of its checkpoint as one file; undefined where the checkpoint is another game's. */
export function encodeWeightsFile(
  graph: Graph,
  { data, counters, ...rest }: Checkpoint,
): Uint8Array | undefined {
  const checked = checkGraph(graph);
  if (hasErrors(checked.diagnostics)) return undefined;
  const plan = compilePlan(checked);
  if (rest.fingerprint !== fingerprint(plan)) return undefined;
  return encodeSafetensors(toTorchState(plan, data.arrays), {
    ganvas: formatGraph(graph),
    iteration: String(counters.iteration),
    updates: String(counters.updates),
  });
}

export type OpenedWeights =
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly ok: true;
      /** The file's own document, or the one that was given. */
      readonly graph: Graph;
      readonly isOwn: boolean;
      readonly checkpoint: Checkpoint;
      readonly fitted: number;
      readonly wanted: number;
      readonly problems: readonly Diagnostic[];
    };

const refuse = (code: string, message: string, hint: string): OpenedWeights => ({
  ok: false,
  diagnostics: [{ code, severity: 'error', message, hint }],
});

/** What a file of weights holds for its own document, or else for `open`. Never throws on any bytes. */
export function openWeightsFile(bytes: Uint8Array, open: Graph): OpenedWeights {
  const decoded = decodeSafetensors(bytes);
  if (!decoded.ok) return refuse('weights-unreadable', decoded.reason, HINT);
  const { tensors, about } = decoded;
  const own = about.ganvas === undefined ? undefined : parseDocument(about.ganvas);
  if (own && !own.ok) return own;
  const graph = own?.graph ?? open;
  const { diagnostics, ...checked } = checkGraph(graph);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return refuse(
      'weights-need-graph',
      `“${graph.title}” has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}, so it has no weights yet: ${errors[0]?.message}`,
      'Correct the graph first, then open the weights.',
    );
  const plan = compilePlan({ ...checked, diagnostics });
  const { arrays, fitted, wanted, problems } = fromTorchState(plan, tensors);
  if (fitted === 0)
    return {
      ok: false,
      diagnostics: [
        {
          code: 'weights-nothing-fits',
          severity: 'error',
          message: `None of the file's ${tensors.size} tensors is one of the ${wanted} of “${graph.title}”, by name and shape.`,
          hint: 'Open the graph that was exported, then its weights.',
        },
        ...shown(problems),
      ],
    };
  // A checkpoint of iteration 0 would be none.
  const iteration = Math.max(1, countOf(about.iteration));
  const updates = Math.max(iteration, countOf(about.updates));
  const checkpoint: Checkpoint = {
    fingerprint: fingerprint(plan),
    counters: { iteration, updates },
    edits: [],
    data: { arrays, steps: {} },
  };
  return { ok: true, graph, isOwn: own !== undefined, checkpoint, fitted, wanted, problems: shown(problems) };
}

const HINT = 'Open a .safetensors file of float32 weights that the exported PyTorch file or Ganvas wrote.';
const MOST_SHOWN = 20;

/** The first of them, and how many more there are: a file may name a hundred thousand tensors. */
function shown(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const left = problems.length - MOST_SHOWN;
  if (left <= 0) return problems;
  const more = { code: 'weights-more', severity: 'warning', message: `And ${left} more.` } as const;
  return [...problems.slice(0, MOST_SHOWN), more];
}

/** Below what a counter of iterations can be, so that arithmetic with it stays exact. */
const MOST_COUNT = 1e9;

function countOf(text: string | undefined): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 0 && value <= MOST_COUNT ? value : 0;
}
