import type { Checked } from '@/lib/check/checked';
import { letterOf } from '@/lib/check/names';
import type { PortEnd } from '@/lib/edit/edited';
import { canStandIn, placeOf } from '@/lib/edit/move';
import { portTypeOf } from '@/lib/edit/port-type';
import { portsOfBlock } from '@/lib/edit/ports-of-block';
import { wireIndex } from '@/lib/edit/wire-keys';
import { endsOf, type Graph, joinEndpoint, splitEndpoint } from '@/lib/graph/schema';
import type { NodeDefinition, PortType } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';
import { drawnSign } from '@/lib/nodes/sign-of';
import { blockEntries } from './block-entries';
import type { Entry } from './entry';
import { rankFollowers } from './followers';

/** An empty network: no kind, since a network is a frame. */
export const networkEntry: Entry = {
  key: 'Network frame',
  kind: '',
  title: 'Network',
  category: 'Networks',
  summary: 'An empty network: a frame with an input and an output, for layers in between.',
  keywords: ['Networks', 'frame', 'generator', 'discriminator', 'encoder', 'new'],
  isNetwork: true,
};

const toEntry = (definition: NodeDefinition): Entry => ({
  key: `${definition.title} ${definition.kind}`,
  kind: definition.kind,
  title: definition.title,
  category: definition.category,
  summary: definition.summary,
  keywords: [definition.category, ...(definition.aliases ?? [])],
  sign: drawnSign(definition, definition.params.parse({})),
});

const kinds: readonly { readonly definition: NodeDefinition; readonly entry: Entry }[] = registry.map(
  (definition) => ({ definition, entry: toEntry(definition) }),
);

/** All of them and the empty network, by category in the registry's order. */
export function allEntries(
  checked: Checked,
  more: readonly Entry[] = [],
): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of [...entriesFor(checked, {}), ...more]) {
    const group = groups.get(entry.category) ?? [];
    group.push(entry);
    groups.set(entry.category, group);
  }
  groups.get(networkEntry.category)?.unshift(networkEntry);
  return groups;
}

interface Wanted {
  /** A frame's id, or null for the game; undefined: anywhere. */
  readonly place?: string | null | undefined;
  readonly from?: PortEnd | undefined;
}

/** Kinds that have a port of the type that is looked for; those that may not be in this place come last. */
export function entriesFor(checked: Checked, { place, from }: Wanted): readonly Entry[] {
  const type = from && portTypeOf(checked, from);
  const found = kinds.flatMap(({ definition, entry }) => {
    const entries = definition.role === 'call' ? callEntries(checked, definition, entry) : [entry];
    return entries.filter((candidate) => !type || hasPort(checked, definition, candidate, type, from));
  });
  const blocks = blockEntries(checked.graph).filter(
    ({ block }) => !type || !from || blockHasPort(checked.graph, block, type, from.side),
  );
  const ranked = [
    ...(from ? [...forBoth(checked, from), ...rankFollowers(checked, from, found)] : found),
    ...blocks,
  ];
  if (place === undefined) return ranked;
  const there = placeOf(checked.graph, place ?? undefined);
  const fits = (entry: Entry) => (entry.place ? entry.place === there : canStandIn(entry.kind, there));
  return from ? ranked.filter(fits) : [...ranked.filter(fits), ...ranked.filter((entry) => !fits(entry))];
}

/** Kinds that take in what a wire carries and give the like. */
export function entriesOnWire(checked: Checked, key: string): readonly Entry[] {
  const wire = checked.graph.wires[wireIndex(checked.graph, key)];
  const [from, to] = (wire ? endsOf(wire) : []).map(splitEndpoint);
  if (!from || !to) return [];
  const place = checked.nodes.get(to.id)?.node.network ?? null;
  const passing = new Set(
    entriesFor(checked, { place, from: { ...to, side: 'input' } }).map((entry) => entry.key),
  );
  return entriesFor(checked, { place, from: { ...from, side: 'output' } }).filter((entry) =>
    passing.has(entry.key),
  );
}

function blockHasPort({ blocks }: Graph, id: string | undefined, type: PortType, side: PortEnd['side']) {
  const block = blocks.find((each) => each.id === id);
  const ports = block && portsOfBlock(blocks, block);
  return (side === 'input' ? ports?.outputs : ports?.inputs)?.some((port) => port.type === type) ?? false;
}

/** At one of a pair of costs that nothing minimises yet: an optimizer for each of both. */
function forBoth({ graph, nodes }: Checked, { id, port, side }: PortEnd): readonly Entry[] {
  const costs = (nodes.get(id)?.outputs ?? []).filter(({ player }) => player !== undefined);
  const isPair = side === 'output' && costs.length === 2 && costs.some(({ name }) => name === port);
  const isFree = graph.wires.every(([from]) => !costs.some(({ name }) => from === joinEndpoint(id, name)));
  if (!isPair || !isFree) return [];
  return kinds
    .filter(({ definition }) => definition.role === 'optimizer')
    .map(({ entry }) => ({
      ...entry,
      key: `${entry.title} for both players ${entry.kind}`,
      title: `${entry.title} for both players`,
      summary: `One ${entry.title} for each cost, with the θ that it may change.`,
      forBoth: true,
    }));
}

function callEntries(checked: Checked, definition: NodeDefinition, entry: Entry): readonly Entry[] {
  const calls = [...checked.networks.values()].map(
    ({ network: { id, name, color } }): Entry => ({
      ...entry,
      key: `${letterOf({ id, name })}(·) ${name} ${definition.kind} ${id}`,
      title: `${letterOf({ id, name })}(·)`,
      summary: `A call of ${name || id}.`,
      keywords: [...entry.keywords, name, id],
      params: { network: id },
      color,
    }),
  );
  return calls.length > 0 ? calls : [entry];
}

/** A wire from an output looks for inputs, one from an input for outputs. */
function hasPort(
  checked: Checked,
  definition: NodeDefinition,
  { params }: Entry,
  type: PortType,
  from: PortEnd | undefined,
): boolean {
  const parsed = definition.params.safeParse(params ?? {});
  if (!parsed.success) return false;
  const scope = {
    network: (id: string) => {
      const network = checked.networks.get(id);
      return network && { inputs: [...network.inputs.keys()], outputs: [...network.outputs.keys()] };
    },
  };
  const ports =
    from?.side === 'input'
      ? definition.outputs(parsed.data as never, scope)
      : definition.inputs(parsed.data as never, scope);
  return ports.some((port) => port.type === type);
}
