import type { PlanNetwork } from '@/lib/compile/plan';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { sizeOf } from '@/lib/shapes/shape';
import { torchDims } from './layout';
import { type Alike, inOrder, type Module, modulesOf, pairAlike } from './modules';
import type { StateEntry } from './state-entries';
import type { NamedTensor } from './tensors';

/**
 * Tensors whose names say nothing here (`main.0.weight`), matched by the order and the shapes of their modules.
 * Only where one way is left: every module of the file has its layer and every layer its module, and it is known
 * which of those of equal shapes comes first. What was matched so is said.
 */
export interface NamelessNetwork {
  readonly network: PlanNetwork;
  readonly own: readonly StateEntry[];
}

interface ByOrder {
  /** Our name → the file's. */
  readonly found: ReadonlyMap<string, string>;
  readonly guesses: readonly Diagnostic[];
}

/** Checkpoints hold state_dicts at most so deep: `state_dict.generator.main.0.weight`. */
const DEEPEST = 3;

type Named = readonly [name: string, tensor: NamedTensor];

interface Fit extends NamelessNetwork {
  /** What all names begin with. */
  readonly start: string;
  readonly alike: readonly Alike[];
}

export function matchByOrder(networks: readonly NamelessNetwork[], left: readonly Named[]): ByOrder {
  for (let depth = 0; networks.length > 0 && depth <= DEEPEST; depth++) {
    const groups = groupsOf(left, depth);
    const fits = networks.flatMap(({ network, own }) => {
      const ours = modulesOf(own.map((entry) => ({ ...entry, dims: torchDims(entry) })));
      return [...groups].flatMap(([start, theirs]): Fit[] => {
        const alike = ours.length > 0 ? pairAlike(theirs, ours) : undefined;
        return alike ? [{ network, own, start, alike }] : [];
      });
    });
    if (fits.length > 0) return settle(fits);
  }
  return { found: new Map(), guesses: [] };
}

/** The modules whose names begin alike, by so many parts. */
function groupsOf(left: readonly Named[], depth: number): ReadonlyMap<string, readonly Module[]> {
  const groups = new Map<string, Named[]>();
  for (const named of left) {
    const parts = named[0].split('.', depth + 1);
    if (parts.length <= depth) continue;
    const start = parts.slice(0, depth).join('.');
    const group = groups.get(start);
    if (group) group.push(named);
    else groups.set(start, [named]);
  }
  const tensors = (group: readonly Named[]) => group.map(([name, { dims }]) => ({ path: name, name, dims }));
  return new Map([...groups].map(([start, group]) => [start, modulesOf(tensors(group))]));
}

function settle(fits: readonly Fit[]): ByOrder {
  const found = new Map<string, string>();
  const guesses = fits.map((fit): Diagnostic => {
    const rivals = fits.filter(({ network, start }) => network === fit.network || start === fit.start);
    const pairs = fit.alike.map((alike) => pairsOf(alike, fit));
    const unclear = pairs.find((each) => typeof each === 'string');
    const { name } = fit.network;
    const reason = rivals.length > 1 ? sayRivals(rivals) : (unclear ?? relayout(fit.network));
    if (reason !== undefined)
      return {
        code: 'weights-ambiguous',
        severity: 'warning',
        message: `The file's shapes fit ${name}, its names do not: ${reason}.`,
        hint: 'Name the tensors as the exported PyTorch file does.',
      };
    const matched = (pairs as Pair[][]).flat();
    for (const [theirs, ours] of matched)
      for (const [end, own] of ours.names) found.set(own, theirs.names.get(end) as string);
    return sayMatched(name, matched);
  });
  return { found, guesses };
}

const sayRivals = (rivals: readonly Fit[]): string =>
  `they fit in ${rivals.length} ways (${rivals.map(({ network, start }) => `${start === '' ? 'all' : start} in ${network.name}`).join(', ')})`;

type Pair = readonly [theirs: Module, ours: Module];

/** Which is which among modules of equal shapes, or why that is not known. */
function pairsOf({ theirs, ours }: Alike, { network, own }: Fit): Pair[] | string {
  if (ours.length === 1) return [[theirs[0] as Module, ours[0] as Module]];
  const ordered = inOrder(theirs);
  const list = (modules: readonly Module[]) => modules.map(({ path }) => path).join(', ');
  if (!ordered) return `${list(theirs)} have equal shapes, and their names do not say which comes first`;
  if (!isChain(ours, network, own)) return `${list(ours)} have equal shapes and stand side by side`;
  return ours.map((module, i) => [ordered[i] as Module, module]);
}

/** Whether each of these layers reads the one before it, through others or not. */
function isChain(ours: readonly Module[], network: PlanNetwork, own: readonly StateEntry[]): boolean {
  const reads = new Map<string, Set<string>>();
  for (const { id, inputs } of network.nodes) {
    const direct = Object.values(inputs).flatMap((refs) => refs.map(({ node }) => node));
    reads.set(id, new Set([id, ...direct.flatMap((node) => [...(reads.get(node) ?? [])])]));
  }
  const layers = ours.map(({ names }) => {
    const entry = own.find(({ name }) => [...names.values()].includes(name));
    return entry?.key.slice(0, entry.key.lastIndexOf('.')) ?? '';
  });
  return layers.every((id, i) => i === 0 || reads.get(id)?.has(layers[i - 1] ?? ''));
}

/**
 * Numbers of an image in a row stand by rows, columns, channels here and by channels, rows, columns in PyTorch,
 * so weights beside such a layer would need another order.
 */
function relayout({ nodes }: PlanNetwork): string | undefined {
  const isImage = (dims: readonly number[]) => (dims.at(-1) ?? 1) > 1 && sizeOf(dims.slice(0, -1)) > 1;
  const layer = nodes.find(({ inputShapes, outputShapes }) => {
    const [from, to] = [Object.values(inputShapes)[0]?.[0]?.dims, Object.values(outputShapes)[0]?.dims];
    if (!from || !to || sizeOf(from) !== sizeOf(to)) return false;
    const [row, image] = from.length < to.length ? [from, to] : [to, from];
    return row.length === 1 && image.length > 1 && isImage(image);
  });
  return (
    layer && `${layer.id} lays an image out by rows, columns, channels, where PyTorch has channels first`
  );
}

const MOST_NAMED = 8;

function sayMatched(network: string, matched: readonly Pair[]): Diagnostic {
  const said = matched.slice(0, MOST_NAMED).map(([theirs, ours]) => `${theirs.path} is ${ours.path}`);
  const more = matched.length > MOST_NAMED ? `, and ${matched.length - MOST_NAMED} more` : '';
  return {
    code: 'weights-by-order',
    severity: 'info',
    message: `No name in the file is one of ${network}, so modules were matched by order and shape: ${said.join(', ')}${more}.`,
    hint: 'Look at the samples: a file with other names may also mean other things.',
  };
}
