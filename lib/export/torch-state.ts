import type { Plan } from '@/lib/compile/plan';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { formatDims } from '@/lib/shapes/shape';
import { fromTorchLayout, torchDims, toTorchLayout } from './layout';
import { matchNames } from './match-names';
import { type StateEntry, stateEntriesOf } from './state-entries';
import type { FoundTensors, NamedTensor, NamedTensors } from './tensors';

/** A run's weights, buffers and averages as tensors of PyTorch, and back. */
type Arrays = ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;

/** The weights, buffers and averages of a state (names as in a checkpoint) for PyTorch. */
export function toTorchState(plan: Plan, arrays: Arrays): NamedTensors {
  const state = new Map<string, NamedTensor>();
  for (const entry of stateEntriesOf(plan))
    for (const { group, name } of namesOf(entry)) {
      const found = arrays.get(`${group}/${entry.key}`);
      if (found) state.set(name, toTorchLayout({ dims: found.shape, values: found.values }, entry));
    }
  return state;
}

/** Under which names an entry's numbers are: their own, and their average's where the network keeps one. */
const namesOf = ({ group, name, average }: StateEntry) => [
  { group, name },
  ...(average === undefined ? [] : [{ group: 'averages' as const, name: average }]),
];

/** What a file of weights has for a plan. */
interface FromTorch {
  /** For `writeState`. */
  readonly arrays: Arrays;
  /**
   * How many of the plan's tensors are there, and how many it has of the networks that the file holds something
   * of; averages count where the file has any.
   */
  readonly fitted: number;
  readonly wanted: number;
  /** What was done so that they fit, a sentence each. */
  readonly notes: readonly string[];
  /** What is missing, of another shape, not a number, or of no use here; as information, what was guessed. */
  readonly problems: readonly Diagnostic[];
}

/** A state from tensors that PyTorch gave, by name and shape. */
export function fromTorchState(plan: Plan, { tensors, skipped }: FoundTensors): FromTorch {
  const entries = stateEntriesOf(plan);
  const { found, absent, notes, guesses } = matchNames(plan, entries, tensors, skipped);
  const arrays = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  const problems: Diagnostic[] = [...guesses];
  const types = new Map(skipped.map(({ name, type }) => [name, type]));
  let wanted = 0;
  const say = (code: string, message: string, node?: string) =>
    problems.push({ code, severity: 'warning', message, ...(node && { node }) });
  for (const entry of entries)
    for (const { group, name } of namesOf(entry)) {
      const theirs = found.get(name);
      if (theirs === undefined && group === 'averages') continue;
      if (absent.has(entry.network) && found.size > 0) continue;
      wanted++;
      const expected = torchDims(entry);
      const layer = entry.key.slice(0, entry.key.lastIndexOf('.'));
      const given = theirs === undefined ? undefined : tensors.get(theirs);
      const shown = theirs === undefined || theirs === name ? name : `${theirs} (${name})`;
      if (theirs !== undefined && !given)
        say('weights-type', `${shown} holds ${types.get(theirs)}; weights are F32, F64, F16 or BF16.`, layer);
      else if (!given)
        say(
          'weights-missing',
          `${name} ${formatDims(expected)} is missing: ${layer} keeps what it starts with.`,
          layer,
        );
      else if (given.dims.join() !== expected.join())
        say(
          'weights-shape',
          `${shown} is ${formatDims(given.dims)} in the file, ${formatDims(expected)} in this graph.`,
          layer,
        );
      else if (!given.values.every(Number.isFinite))
        say('weights-not-finite', `${shown} holds numbers that are not finite in float32.`, layer);
      else {
        const { values } = fromTorchLayout(given, entry);
        arrays.set(`${group}/${entry.key}`, { shape: entry.dims, values });
      }
    }
  const used = new Set(found.values());
  for (const [name, { dims }] of tensors)
    if (!used.has(name))
      say('weights-unknown', `${name.slice(0, 100)} ${formatDims(dims)} is of no layer of this graph.`);
  return { arrays, fitted: arrays.size, wanted, notes, problems };
}
