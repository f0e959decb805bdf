import type { Checked, CheckedNode } from '@/lib/check/checked';
import { THETA, typeNames } from '@/lib/check/wiring';
import { splitEndpoint } from '@/lib/graph/schema';
import { isProblem, type PortType } from '@/lib/nodes/define';
import { formatShape, type Shape, sameDims } from '@/lib/shapes/shape';

/** Whether a wire may be drawn, and if not why. `why: 'shape'` can be wired all the same, and shows as wrong. */
export type Connectable =
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
  if (!target || !input) return refuse(`There is no input ${to}.`);
  const source = findSource(checked, start);
  if (!source) return refuse(`There is no output ${from}.`);
  if (source.network !== target.node.network)
    return refuse('Wires stay within a frame: use a call of the network, or give it an input or output.');
  if (source.type !== input.type)
    return refuse(`${from} is ${typeNames[source.type]}, but ${to} takes ${typeNames[input.type]}.`);
  if (input.type === 'theta' && target.wiredFrom.get(end.port)?.some(({ id }) => id === start.id))
    return refuse(`θ of ${start.id} is wired there already.`);
  if (input.type !== 'player' && feeds(checked, end.id, start.id))
    return refuse(
      start.id === end.id
        ? `${end.id} cannot feed itself.`
        : `${end.id} already feeds ${start.id}: that would be a cycle.`,
    );
  return source.shape ? checkShape(checked, target, end.port, source.shape) : { ok: true };
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
function feeds(checked: Checked, from: string, to: string): boolean {
  const seen = new Set<string>();
  const stack = [to];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === from) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const ends of checked.nodes.get(id)?.wiredFrom.values() ?? [])
      for (const end of ends) stack.push(end.id);
  }
  return false;
}

/** What the target says to the shape, all else being wired as it is. */
function checkShape(checked: Checked, target: CheckedNode, port: string, shape: Shape): Connectable {
  const { definition, params } = target;
  if (definition?.role === 'call') return checkCall(checked, target, port, shape);
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

/** A network has one shape per input, which its other calls have settled. */
function checkCall(checked: Checked, call: CheckedNode, port: string, shape: Shape): Connectable {
  const id = String(call.params.network);
  const network = checked.networks.get(id);
  const settled = network?.inputShapes.get(port);
  const others = network?.calls.filter(
    (other) => other !== call.node.id && checked.nodes.get(other)?.wiredFrom.has(port),
  );
  if (!settled || !others?.length || sameDims(settled.dims, shape.dims)) return { ok: true };
  return refuse(
    `${others[0]} feeds ${port} of network ${id} ${formatShape(settled)}, and this wire carries ${formatShape(shape)}.`,
    'shape',
  );
}
