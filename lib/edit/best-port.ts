import type { Checked, CheckedNode } from '@/lib/check/checked';
import { appliedBy, upstream } from '@/lib/check/game';
import { joinEndpoint, type Wire } from '@/lib/graph/schema';
import { canConnect } from './can-connect';
import type { PortEnd } from './edited';

/** The wire from a port to the port of a node that fits by its meaning; of a wrong shape only to one that is free. */
export function bestWire(checked: Checked, from: PortEnd, id: string): Wire | undefined {
  const node = checked.nodes.get(id);
  if (!node) return undefined;
  const own = joinEndpoint(from.id, from.port);
  const isForward = from.side === 'output';
  const meaning = isForward ? meaningOf(checked, from) : undefined;
  const judged = (isForward ? node.inputs : node.outputs).map(({ name }) => {
    const wire: Wire = isForward ? [own, joinEndpoint(id, name)] : [joinEndpoint(id, name), own];
    const fit = canConnect(checked, wire[0], wire[1]);
    const isTaken = isForward && !takesMore(node, name);
    // The least is best; what means nothing is no choice at all.
    const ranks = [fit.ok, name === meaning, name === from.port, !isTaken].map((good) => (good ? 0 : 1));
    return { wire, ranks, isPossible: fit.ok || (fit.why === 'shape' && !isTaken) };
  });
  const possible = judged.filter(({ isPossible }) => isPossible);
  return possible.sort((a, b) => compare(a.ranks, b.ranks))[0]?.wire;
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((order, value, i) => order || value - (b[i] ?? 0), 0);

const takesMore = ({ inputs, wiredFrom }: CheckedNode, port: string): boolean =>
  !wiredFrom.has(port) || inputs.some(({ name, many }) => name === port && many === true);

/**
 * What a tensor is to a loss or a view: real where data reaches it as it is or through one network, which then
 * judges it; fake where a network made it, of noise or of what another network sees.
 */
export function meaningOf(checked: Checked, end: Pick<PortEnd, 'id' | 'port'>): 'real' | 'fake' | undefined {
  const above = [...upstream(checked.nodes, [end]).keys()];
  const networks = new Set(above.flatMap((node) => appliedBy(node) ?? []));
  const sources = above.filter(({ definition }) => definition?.role === 'source');
  if (sources.length === 0) return undefined;
  const isData = sources.some(({ definition }) => definition?.role === 'source' && definition.truth);
  if (networks.size === 0) return isData ? 'real' : undefined;
  return isData && networks.size === 1 ? 'real' : 'fake';
}
