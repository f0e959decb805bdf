import type { Checked, CheckedNode } from '@/lib/check/checked';
import { THETA } from '@/lib/check/draft';
import { placeOf } from '@/lib/check/infer-application';
import { nameOf, networkName, portName } from '@/lib/check/names';
import { typeNames } from '@/lib/check/wiring';
import { reachUpstream } from '@/lib/graph/reach';
import { splitEndpoint } from '@/lib/graph/schema';
import { isProblem, type PortType } from '@/lib/nodes/define';
import { LOG_DET } from '@/lib/nodes/network/call';
import { takesType } from '@/lib/nodes/port-types';
import { appliesOf, callParams, readCall } from '@/lib/nodes/role-params';
import { formatDims, formatShape, type Shape, sameDims } from '@/lib/shapes/shape';

/** Whether a wire may be drawn, and if not why. `why: 'shape'` can be wired all the same, and shows as wrong. */
type Connectable =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'impossible' | 'shape'; readonly reason: string };

const refuse = (reason: string, why: 'impossible' | 'shape' = 'impossible'): Connectable => ({
  ok: false,
  why,
  reason,
});

export function canConnect(checked: Checked, from: string, to: string): Connectable {
  const start = splitEndpoint(from);
  const end = splitEndpoint(to);
  const target = checked.nodes.get(end.id);
  const input = target?.inputs.find(({ name }) => name === end.port);
  if (!target || !input) return refuse(`There is no input ${end.port} of ${nameOf(checked, end.id)}.`);
  const source = findSource(checked, start);
  if (!source) return refuse(`There is no output ${start.port} of ${nameOf(checked, start.id)}.`);
  if (source.network !== target.node.network)
    return refuse('Wires stay within a frame: use a call of the network, or give it an input or output.');
  if (!takesType(input, source.type))
    return refuse(
      `${portName(checked, { ...start, side: 'output' })} is ${typeNames[source.type]}, but ${portName(checked, { ...end, side: 'input' })} takes ${typeNames[input.type]}.`,
    );
  if (input.type === 'theta' && target.wiredFrom.get(end.port)?.some(({ id }) => id === start.id))
    return refuse(`θ of ${nameOf(checked, start.id)} is wired there already.`);
  if (input.type !== 'player' && feeds(checked, end.id, start.id))
    return refuse(
      start.id === end.id
        ? `${nameOf(checked, end.id)} cannot feed itself.`
        : `${nameOf(checked, end.id)} already feeds ${nameOf(checked, start.id)}: that would be a cycle.`,
    );
  const fit: Connectable = source.shape ? checkShape(checked, target, end.port, source.shape) : { ok: true };
  return fit.ok ? checkSlope(checked, target, end.port, start.id) : fit;
}

interface Source {
  readonly type: PortType;
  readonly network: string | undefined;
  readonly shape?: Shape | undefined;
}

function findSource(checked: Checked, { id, port }: { id: string; port: string }): Source | undefined {
  if (checked.networks.has(id)) return port === THETA ? { type: 'theta', network: undefined } : undefined;
  const node = checked.nodes.get(id);
  const output = node?.outputs.find(({ name }) => name === port);
  return output && { type: output.type, network: node?.node.network, shape: node?.outputShapes.get(port) };
}

/** Whether wires lead from one node to another: followed back from the latter. */
const feeds = ({ nodes }: Checked, from: string, to: string): boolean => reachUpstream(nodes, [to]).has(from);

/** What the target says to the shape, all else being wired as it is. */
function checkShape(checked: Checked, target: CheckedNode, port: string, shape: Shape): Connectable {
  const { definition, params } = target;
  const call = callParams(target);
  if (call)
    return call.inverse
      ? checkInverse(checked, target, port, shape)
      : checkCall(checked, target, port, shape);
  const applied = checkApplied(checked, target, port, shape);
  if (!applied.ok) return applied;
  if (!definition || !('infer' in definition)) return { ok: true };
  const inputs: Record<string, Shape | readonly Shape[]> = {};
  for (const { name, type, many, optional } of target.inputs) {
    const wired =
      target.wiredFrom.get(name)?.map((end) => checked.nodes.get(end.id)?.outputShapes.get(end.port)) ?? [];
    const known = wired.filter((found) => found !== undefined);
    if (type !== 'tensor' || known.length < wired.length) return { ok: true };
    const all = name !== port ? known : many ? [...known, shape] : [shape];
    if (all.length === 0 && !optional) return { ok: true };
    if (all.length > 0) inputs[name] = many ? all : (all[0] as Shape);
  }
  try {
    const inference = definition.infer(params as never, inputs);
    return isProblem(inference) ? refuse(inference.problem.message, 'shape') : { ok: true };
  } catch {
    return { ok: true }; // Not to be judged from here; the check of the wired graph will say more.
  }
}

/** A kind that applies a network feeds it, by ports of its own and by further inputs' names. */
function checkApplied(checked: Checked, target: CheckedNode, port: string, shape: Shape): Connectable {
  const { node } = target;
  const applied = appliesOf(target);
  const network = applied && checked.networks.get(applied.network);
  if (!network) return { ok: true };
  const { side, name, shape: expected } = placeOf(network, applied, port);
  const [feeds, takes] = side === 'input' ? ['feeds', 'takes'] : ['compares with', 'gives'];
  if (!expected || sameDims(expected.dims, shape.dims)) return { ok: true };
  return refuse(
    `${nameOf(checked, node.id)} ${feeds} ${name} of ${networkName(checked, applied.network)}, which ${takes} ${formatDims(expected.dims)}, and this wire carries ${formatShape(shape)}.`,
    'shape',
  );
}

/** A slope is taken between two wires, so one of them must lead to the other. */
function checkSlope(checked: Checked, target: CheckedNode, port: string, from: string): Connectable {
  const { definition, wiredFrom } = target;
  const slope = definition && 'slope' in definition ? definition.slope : undefined;
  if (!slope || (port !== slope.of && port !== slope.at)) return { ok: true };
  const other = wiredFrom.get(port === slope.of ? slope.at : slope.of)?.[0]?.id;
  const [at, of] = port === slope.of ? [other, from] : [from, other];
  if (at === undefined || of === undefined || feeds(checked, at, of)) return { ok: true };
  return refuse(
    `${nameOf(checked, of)} is not computed from ${nameOf(checked, at)}, so it has no slope there.`,
    'shape',
  );
}

/** A network run backwards takes what it gives. */
function checkInverse(checked: Checked, call: CheckedNode, port: string, shape: Shape): Connectable {
  const id = readCall(call.params).network;
  const expected = checked.networks.get(id)?.outputShapes.get(port);
  if (!call.outputs.some(({ name }) => name === LOG_DET))
    return refuse(
      `${networkName(checked, id)} has no inverse: it is no chain of invertible layers.`,
      'shape',
    );
  if (!expected || sameDims(expected.dims, shape.dims)) return { ok: true };
  return refuse(
    `${nameOf(checked, call.node.id)} runs ${networkName(checked, id)} backwards, from ${formatDims(expected.dims)}, and this wire carries ${formatShape(shape)}.`,
    'shape',
  );
}

/** A network has one shape per input, which its other calls have settled. */
function checkCall(checked: Checked, call: CheckedNode, port: string, shape: Shape): Connectable {
  const id = readCall(call.params).network;
  const network = checked.networks.get(id);
  const settled = network?.inputShapes.get(port);
  const others = network?.calls.filter(
    (other) => other !== call.node.id && isFedForward(checked.nodes.get(other), port),
  );
  if (!settled || !others?.length || sameDims(settled.dims, shape.dims)) return { ok: true };
  return refuse(
    `${nameOf(checked, others[0] ?? '')} feeds ${port} of ${networkName(checked, id)} ${formatShape(settled)}, and this wire carries ${formatShape(shape)}.`,
    'shape',
  );
}

const isFedForward = (call: CheckedNode | undefined, port: string): boolean =>
  call?.wiredFrom.has(port) === true && !readCall(call.params).inverse;
