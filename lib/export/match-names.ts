import type { Plan } from '@/lib/compile/plan';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { matchByOrder, type NamelessNetwork } from './match-by-order';
import type { StateEntry } from './state-entries';
import type { NamedTensors, Skipped } from './tensors';

/**
 * Which tensor of a file is which of ours. Names fit as the exported file writes them, behind whatever stands
 * before them (`module.`), and without the network's class (a module's own state_dict). A network of which no
 * name fits is matched by order and shape, where that leaves no choice.
 */
interface Match {
  /** Our name → the file's. */
  readonly found: ReadonlyMap<string, string>;
  /** Networks that the file has nothing of, or nothing clear. */
  readonly absent: ReadonlySet<string>;
  readonly notes: readonly string[];
  /** What was matched without names, or why it was not. */
  readonly guesses: readonly Diagnostic[];
}

export function matchNames(
  plan: Plan,
  entries: readonly StateEntry[],
  tensors: NamedTensors,
  skipped: readonly Skipped[],
): Match {
  const names = new Set([...tensors.keys(), ...skipped.map(({ name }) => name)]);
  const found = new Map<string, string>();
  const notes = new Set<string>();
  const guesses: Diagnostic[] = [];
  const unclear = new Set<string>();
  const nameless: NamelessNetwork[] = [];
  for (const network of plan.networks) {
    const { id, name } = network;
    const own = entries.filter((entry) => entry.network === id);
    const [first] = own;
    if (!first) continue;
    const ownStart = first.name.slice(0, -first.path.length);
    const start = startOf(own, ownStart, names);
    if (start === undefined) nameless.push({ network, own });
    else if (typeof start === 'string') {
      addNames(found, own, start, names, ownStart);
      if (start !== ownStart && start !== '') notes.add(sayStart(start, ownStart, name));
    } else {
      unclear.add(id);
      guesses.push(sayUnclear(name, start));
    }
  }
  const used = new Set(found.values());
  const left = [...tensors].filter(([name]) => !used.has(name));
  const guessed = matchByOrder(nameless, left);
  for (const [ours, theirs] of guessed.found) found.set(ours, theirs);
  const absent = nameless.filter(({ own }) => !own.some(({ name }) => found.has(name)));
  if (found.size > 0)
    for (const { network } of absent)
      notes.add(`The file has nothing of ${network.name}, which keeps what it starts with.`);
  return {
    found,
    absent: new Set([...unclear, ...absent.map(({ network }) => network.id)]),
    notes: [...notes],
    guesses: [...guesses, ...guessed.guesses],
  };
}

const sayUnclear = (name: string, [one, other]: readonly [string, string]): Diagnostic => ({
  code: 'weights-ambiguous',
  severity: 'warning',
  message: `Names of ${name} stand in the file after “${one}” and after “${other}”.`,
  hint: 'Keep those that are meant.',
});

/**
 * What stands in the file before the names of a network's tensors: that with the most of them. Two where it
 * cannot be decided, undefined where there is none.
 */
function startOf(
  own: readonly StateEntry[],
  ownStart: string,
  names: ReadonlySet<string>,
): string | readonly [string, string] | undefined {
  const paths = new Set(own.map(({ path }) => path));
  const depth = Math.max(...own.map(({ path }) => path.split('.').length));
  const hits = new Map<string, number>();
  for (const name of names) {
    let at = name.length + 1;
    // Only ends of as many parts as our paths have: a name may have millions of parts.
    for (let part = 0; part < depth && at > 0; part++) {
      at = name.lastIndexOf('.', at - 2) + 1;
      if (paths.has(name.slice(at))) {
        const start = name.slice(0, at);
        hits.set(start, (hits.get(start) ?? 0) + 1);
      }
    }
  }
  const isAverage = (start: string) => start.endsWith(`ema.${ownStart}`);
  const rank = (start: string) => (start === ownStart ? 0 : start.endsWith(ownStart) ? 1 : 2);
  const starts = [...hits].filter(([start]) => !isAverage(start));
  const [best, next] = starts.sort(([a, some], [b, more]) => more - some || rank(a) - rank(b));
  if (best && next && best[1] === next[1] && rank(best[0]) === rank(next[0])) return [best[0], next[0]];
  if (best) return best[0];
  return hits.size > 0 ? ownStart : undefined;
}

/** `module.Generator.` has its averages at `module.ema.Generator.`. */
function addNames(
  found: Map<string, string>,
  own: readonly StateEntry[],
  start: string,
  names: ReadonlySet<string>,
  ownStart: string,
): void {
  const outer = start.endsWith(ownStart) ? start.slice(0, -ownStart.length) : undefined;
  for (const { name, path, average } of own) {
    if (names.has(start + path)) found.set(name, start + path);
    if (average !== undefined && outer !== undefined && names.has(outer + average))
      found.set(average, outer + average);
  }
}

const sayStart = (start: string, ownStart: string, name: string): string =>
  start.endsWith(ownStart)
    ? `“${start.slice(0, -ownStart.length)}” before the names was left out.`
    : `“${start}” was read as ${name}.`;
