import { checkGraph } from '@/lib/check/check';
import { parseDocument } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { type Diagnostic, hasErrors } from '@/lib/graph/diagnostic';
import { formatGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { type Checkpoint, fingerprint } from '@/lib/train/checkpoint';
import { quantity } from '@/lib/util/sentence';
import { readTensors } from './read-tensors';
import { encodeSafetensors } from './safetensors';
import type { FoundTensors } from './tensors';
import { fromTorchState, toTorchState } from './torch-state';

/**
 * Files of weights. The editor writes safetensors, under the names of the exported PyTorch modules, with the
 * document in its metadata; it reads those of PyTorch too. Moments of optimizers are not in it.
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
      /** What was converted, left out or renamed on the way, a sentence each. */
      readonly notes: readonly string[];
      readonly problems: readonly Diagnostic[];
    };

const refuse = (code: string, message: string, hint: string): OpenedWeights => ({
  ok: false,
  diagnostics: [{ code, severity: 'error', message, hint }],
});

/** What a file of weights holds for its own document, or else for `open`. Never throws on any bytes. */
export function openWeightsFile(bytes: Uint8Array, open: Graph): OpenedWeights {
  const decoded = readTensors(bytes);
  if (!decoded.ok) return refuse('weights-unreadable', decoded.reason, HINT);
  const { about } = decoded;
  const own = about.ganvas === undefined ? undefined : parseDocument(about.ganvas);
  if (own && !own.ok) return own;
  const graph = own?.graph ?? open;
  const { diagnostics, ...checked } = checkGraph(graph);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return refuse(
      'weights-need-graph',
      `“${graph.title}” has ${quantity(errors.length, 'error')}, so it has no weights yet: ${errors[0]?.message}`,
      'Correct the graph first, then open the weights.',
    );
  const plan = compilePlan({ ...checked, diagnostics });
  const { arrays, fitted, wanted, problems, notes } = fromTorchState(plan, decoded);
  if (fitted === 0)
    return {
      ok: false,
      diagnostics: [
        {
          code: 'weights-nothing-fits',
          severity: 'error',
          message: `None of the file's ${decoded.tensors.size} tensors is one of the ${wanted} of “${graph.title}”, by name and shape.`,
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
  return {
    ok: true,
    graph,
    isOwn: own !== undefined,
    checkpoint,
    fitted,
    wanted,
    notes: [...sayTypes(decoded), ...notes],
    problems: shown(problems),
  };
}

/** What became of numbers that are not float32. */
function sayTypes({ converted, skipped }: FoundTensors): string[] {
  const tensors = (count: number) => quantity(count, 'tensor');
  const others = [...converted].map(([type, count]) => `${tensors(count)} of ${type}`);
  const types = [...new Set(skipped.map(({ type }) => type))];
  const [first] = skipped;
  return [
    ...(others.length > 0 ? [`${others.join(', ')} became float32.`] : []),
    ...(first
      ? [`${tensors(skipped.length)} of ${types.join(', ')}, such as ${first.name.slice(0, 60)}, left out.`]
      : []),
  ];
}

const HINT = 'Open a .safetensors file that PyTorch or Ganvas wrote, or a state_dict that torch.save wrote.';
const MOST_SHOWN = 20;

/** Some of what is there and some of what is wanted, and how many more: a file may name 100,000 tensors. */
function shown(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const left = problems.length - MOST_SHOWN;
  if (left <= 0) return problems;
  const theirs = problems.filter(({ code }) => code === 'weights-unknown');
  const ours = problems.filter(({ code }) => code !== 'weights-unknown');
  const some = Math.max(MOST_SHOWN / 2, MOST_SHOWN - theirs.length);
  const listed = [...ours.slice(0, some), ...theirs].slice(0, MOST_SHOWN);
  return [...listed, { code: 'weights-more', severity: 'warning', message: `And ${left} more.` }];
}

/** Below what a counter of iterations can be, so that arithmetic with it stays exact. */
const MOST_COUNT = 1e9;

function countOf(text: string | undefined): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 0 && value <= MOST_COUNT ? value : 0;
}
