import type { Network } from '@/lib/graph/schema';
import { readCall } from '@/lib/nodes/role-params';
import { joinIds, partsOf } from './blocks/plain-id';
import type { WiredNode } from './checked';
import { THETA } from './draft';

/** What people call things: the names that they gave, and the field's signs: G, D(G(z)), Adam for D. */
export interface Named {
  readonly nodes: ReadonlyMap<string, WiredNode>;
  readonly networks: ReadonlyMap<string, { readonly network: Network }>;
  /** Uses of blocks. */
  readonly uses?: ReadonlyMap<string, { readonly name: string }>;
}

/** A letter, as the field has them, with capitals or digits after it: G, D2, DX. */
const SIGN = /^\p{L}[\p{Lu}\d]{0,2}$/u;

/** `G` where that is short for its name, as in Generator; else the name. */
export function letterOf({ id, name }: Pick<Network, 'id' | 'name'>): string {
  const { own } = partsOf(id);
  const isSign = SIGN.test(own) && name.toLowerCase().startsWith(own.charAt(0).toLowerCase());
  return name === '' || isSign ? own : name;
}

export const networkName = ({ networks }: Named, id: string): string => networks.get(id)?.network.name || id;

/** A node's own title, or what its kind and its wires say. */
export function titleOf(node: WiredNode, named: Named): string {
  const { definition } = node;
  if (node.node.title) return node.node.title;
  if (node.inBlock?.call) return node.inBlock.call.title;
  if (definition?.role === 'call') return callTitle(node, named, 0);
  const moved = definition?.role === 'optimizer' ? movedNetworks(node, named) : [];
  const title = definition?.title ?? node.use?.block.name ?? node.node.kind;
  return moved.length > 0 ? `${title} for ${moved.join(', ')}` : title;
}

/** The name of a node or a network; of one in a block with the way there: `Residual › Dense`. */
export function nameOf(named: Named, id: string): string {
  const node = named.nodes.get(id);
  return withPath(
    named,
    id,
    named.uses?.get(id)?.name ?? (node ? titleOf(node, named) : networkName(named, id)),
  );
}

/** The sign of a network; of one in a block with the way there: `First game › G`. */
export const signOfNetwork = (named: Named, network: Network): string =>
  withPath(named, network.id, letterOf(network));

function withPath(named: Named, id: string, name: string): string {
  const { path } = partsOf(id);
  const last = path.at(-1);
  return last === undefined ? name : `${nameOf(named, joinIds(path.slice(0, -1), last))} › ${name}`;
}

/** An end of a wire as people call it: `D(G(z))`, `labels of Dataset`, `θ of Generator`. */
export function portName(
  named: Named,
  { id, port, side }: { readonly id: string; readonly port: string; readonly side: 'input' | 'output' },
): string {
  const name = nameOf(named, id);
  if (named.networks.has(id)) return port === THETA ? `θ of ${name}` : `${port} of ${name}`;
  const node = named.nodes.get(id);
  const [only, ...others] = (side === 'input' ? node?.inputs : node?.outputs) ?? [];
  return others.length === 0 && only?.name === port ? name : `${port} of ${name}`;
}

/** Deeper calls and longer names are a dot. */
const DEEPEST = 3;
const LONGEST = 16;

/** `D(G(z))`, backwards `G⁻¹(x)`, `G(·)` where what it is given has no short sign. */
function callTitle(call: WiredNode, named: Named, depth: number): string {
  const { network: id, inverse } = readCall(call.params);
  const network = named.networks.get(id)?.network;
  if (!network) return 'Call of nothing';
  const letter = `${letterOf(network)}${inverse ? '⁻¹' : ''}`;
  let given = '';
  // What is too long already is not read on: a call may have 64 inputs, each another such call.
  for (const { name } of call.inputs) {
    const [end] = call.wiredFrom.get(name) ?? [];
    given += `${given && ', '}${end ? signOf(end, named, depth + 1) : '·'}`;
    if (letter.length + given.length + 2 > LONGEST) return `${letter}(·)`;
  }
  return `${letter}(${given || '·'})`;
}

/** What stands for a tensor within the brackets of a call. */
function signOf({ id, port }: { id: string; port: string }, named: Named, depth: number): string {
  const node = named.nodes.get(id);
  const title = node?.node.title;
  if (!node || depth > DEEPEST) return '·';
  if (title) return title.length <= LONGEST / 2 ? title : '·';
  if (node.definition?.role === 'call') return callTitle(node, named, depth);
  return (node.definition?.role === 'source' && node.definition.signs?.[port]) || '·';
}

/** The networks whose θ is wired into a node. */
const movedNetworks = ({ inputs, wiredFrom }: WiredNode, { networks }: Named): readonly string[] =>
  inputs
    .filter(({ type }) => type === 'theta')
    .flatMap(({ name }) => wiredFrom.get(name) ?? [])
    .map(({ id }) => {
      const network = networks.get(id)?.network;
      return network ? letterOf(network) : id;
    });
