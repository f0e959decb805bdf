import type { Checked, CheckedNode } from '@/lib/check/checked';
import { meaningOf } from '@/lib/edit/best-port';
import type { PortEnd } from '@/lib/edit/edited';
import type { Params } from '@/lib/graph/schema';
import type { Role } from '@/lib/nodes/define';
import { findDefinition } from '@/lib/nodes/registry';
import { type Shape, sameDims } from '@/lib/shapes/shape';

/** What is ranked: a kind, and its parameters where it is a call. */
interface Entry {
  readonly kind: string;
  readonly params?: Params;
}

/** What usually follows a role in the game, and what leads to it: the likeliest first. */
const after: { readonly [role in Role]?: readonly Role[] } = {
  source: ['call', 'view', 'op'],
  op: ['call', 'loss', 'view'],
  loss: ['optimizer', 'loss'],
};
const afterSample: readonly Role[] = ['call', 'view', 'metric', 'op', 'loss'];
const afterScore: readonly Role[] = ['loss', 'metric', 'op'];
const before: { readonly [role in Role]?: readonly Role[] } = {
  call: ['source', 'call', 'op'],
  loss: ['call', 'source', 'op'],
  optimizer: ['loss', 'op'],
  view: ['call', 'source'],
  metric: ['call', 'source'],
};

/**
 * Entries that fit a port, by what is usually wired there: a call whose network takes this very shape, then the
 * roles above; in a network an activation after a layer with weights and a layer after an activation.
 */
export function rankFollowers<E extends Entry>(
  checked: Checked,
  from: PortEnd,
  entries: readonly E[],
): readonly E[] {
  const node = checked.nodes.get(from.id);
  const shape = node?.outputShapes.get(from.port);
  const roles = node ? rolesBeside(node, from, shape) : [];
  const isSample = from.side === 'output' && meaningOf(checked, from) !== undefined;
  const isInNetwork = node?.node.network !== undefined;
  const rank = (entry: Entry): number => {
    if (isInNetwork) return rankInNetwork(node, entry);
    const definition = findDefinition(entry.kind);
    const role = definition ? roles.indexOf(definition.role) : -1;
    if (takes(checked, entry, shape) === false) return roles.length + 1;
    const likely = role < 0 ? roles.length : role;
    return isSample && makes(checked, entry) ? likely + 0.5 : likely;
  };
  const ranks = new Map(entries.map((entry) => [entry, rank(entry)]));
  return [...entries].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

function rolesBeside({ definition }: CheckedNode, { side }: PortEnd, shape: Shape | undefined) {
  if (!definition) return [];
  if (side === 'input') return before[definition.role] ?? [];
  return after[definition.role] ?? (isScore(shape) ? afterScore : afterSample);
}

const isScore = (shape: Shape | undefined): boolean => shape?.dims.length === 1 && shape.dims[0] === 1;

/** Whether an entry calls a network that gives more than a score: samples are judged before they are changed. */
function makes(checked: Checked, { params }: Entry): boolean {
  const network = checked.networks.get(String(params?.network ?? ''));
  return network !== undefined && ![...network.outputShapes.values()].some(isScore);
}

/** Whether the network that an entry calls takes the shape; undefined where that is not known. */
function takes(checked: Checked, { params }: Entry, shape: Shape | undefined): boolean | undefined {
  const network = checked.networks.get(String(params?.network ?? ''));
  if (!network || !shape || network.inputShapes.size === 0) return undefined;
  return [...network.inputShapes.values()].some(({ dims }) => sameDims(dims, shape.dims));
}

/** What has θ is followed by what bends, and the other way round. */
function rankInNetwork(node: CheckedNode, entry: Entry): number {
  const definition = findDefinition(entry.kind);
  const isActivation = definition?.category === 'Activations';
  const isLayer = definition?.role === 'layer';
  const bends = node.definition?.category === 'Activations';
  if (node.parameters > 0 && !bends) return isActivation ? 0 : isLayer ? 1 : 2;
  return isLayer && !isActivation ? 0 : isActivation ? 1 : 2;
}
