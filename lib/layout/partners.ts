import type { Checked, CheckedNode } from '@/lib/check/checked';
import { THETA } from '@/lib/check/draft';
import { appliedBy, networksOf, upstream } from '@/lib/check/game';
import { meaningOf } from '@/lib/edit/best-port';
import { canConnect } from '@/lib/edit/can-connect';
import { checkedOf } from '@/lib/edit/checked-of';
import { connect } from '@/lib/edit/connect';
import type { PortEnd } from '@/lib/edit/edited';
import { type Graph, joinEndpoint } from '@/lib/graph/schema';
import { sameDims } from '@/lib/shapes/shape';

/**
 * What a node that was put at the end of a wire is wired to besides: real beside fake, as far as their tensors are
 * of one kind, and θ of the networks that a loss is the cost of. Only to ports that are free. Pure.
 */
export function wirePartners(graph: Graph, id: string, from: PortEnd): Graph {
  const checked = checkedOf(graph);
  const node = checked.nodes.get(id);
  if (!node || from.side === 'input') return graph;
  const ends =
    node.definition?.role === 'optimizer' ? thetaFor(checked, from) : partnerFor(checked, node, from);
  return ends.reduce((current, [output, input]) => {
    const to = joinEndpoint(id, input);
    return canConnect(checkedOf(current), output, to).ok ? connect(current, output, to) : current;
  }, graph);
}

type Ends = readonly (readonly [output: string, input: string])[];

/** Of a pair of costs each has its own: the discriminator’s is the network that judges. θ of another player stays. */
function thetaFor({ nodes }: Checked, from: PortEnd): Ends {
  const loss = nodes.get(from.id);
  const player = loss?.outputs.find(({ name }) => name === from.port)?.player;
  const networks = networksOf(upstream(nodes, [from]).keys());
  const judging = [...(loss?.wiredFrom.values() ?? [])].flat().flatMap(({ id }) => nodes.get(id) ?? []);
  const judges = networksOf(judging);
  const moved = new Set(
    [...nodes.values()].flatMap(({ wiredFrom }) => (wiredFrom.get(THETA) ?? []).map(({ id }) => id)),
  );
  return [...networks]
    .filter((network) => !moved.has(network))
    .filter((network) => player === undefined || judges.has(network) === (player === 'discriminator'))
    .map((network) => [joinEndpoint(network, THETA), THETA] as const);
}

/** The other of real and fake: of the same network, else of the data as it is. */
function partnerFor(checked: Checked, { node, wiredFrom, inputs }: CheckedNode, from: PortEnd): Ends {
  const own = checked.nodes.get(from.id);
  const shape = own?.outputShapes.get(from.port);
  const missing = inputs.find(
    ({ name }) => (name === 'real' || name === 'fake') && !wiredFrom.has(name),
  )?.name;
  if (!own || !shape || missing === undefined) return [];
  const outputs = [...checked.nodes.values()]
    .filter((other) => other.node.network === undefined && other.node.id !== node.id && other !== own)
    .filter((other) => isAlike(other, own))
    .flatMap((other) =>
      [...other.outputShapes]
        .filter(([, { dims }]) => sameDims(dims, shape.dims))
        .map(([port]) => ({ id: other.node.id, port })),
    )
    .filter((end) => meaningOf(checked, end) === missing);
  const [best] = outputs;
  return best ? [[joinEndpoint(best.id, best.port), missing]] : [];
}

/** Calls of one network; or, beside what a network made, the data. */
const isAlike = (other: CheckedNode, own: CheckedNode): boolean =>
  appliedBy(other) === appliedBy(own) ||
  other.definition?.role === 'source' ||
  own.definition?.role === 'source';
