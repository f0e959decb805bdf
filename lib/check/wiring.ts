import type { Diagnostic } from '@/lib/graph/diagnostic';
import { splitEndpoint, type Wire } from '@/lib/graph/schema';
import type { PortType } from '@/lib/nodes/define';
import { takesType } from '@/lib/nodes/port-types';
import { type Draft, type DraftNode, listNames, THETA } from './draft';
import { mention, mentionEnd } from './mention';

interface Source {
  readonly id: string;
  readonly port: string;
  readonly type: PortType;
  readonly network: string | undefined;
  readonly node?: DraftNode;
}

/** Takes each wire that makes sense into `wiredFrom` and `wiredTo`; says of every other what is wrong. */
export function wireUp(draft: Draft): void {
  draft.graph.wires.forEach((wire, index) => {
    const diagnostic = takeWire(draft, wire, index);
    if (!diagnostic) return;
    draft.diagnostics.push({
      severity: 'error',
      wire: index,
      ...(!diagnostic.fix && { fix: { type: 'remove-wire', label: 'Remove the wire', wire } }),
      ...diagnostic,
    });
  });
}

type Complaint = Pick<Diagnostic, 'code' | 'message' | 'hint' | 'node' | 'port' | 'fix'> & {
  severity?: Diagnostic['severity'];
};

function takeWire(draft: Draft, wire: Wire, index: number): Complaint | undefined {
  const from = splitEndpoint(wire[0]);
  const to = splitEndpoint(wire[1]);
  const source = findSource(draft, from);
  if (source && 'code' in source) return source;
  const target = draft.nodes.get(to.id);
  if (!target) return missingTarget(draft, to);
  const input = target.inputs.find((port) => port.name === to.port);
  if (!input && !target.hasUnsurePorts) return unknownPort(target, to.port, 'input');
  if (!source || !input) return undefined; // An end whose ports are not sure: the node says so itself.

  const about = { node: to.id, port: to.port };
  if (source.network !== target.node.network)
    return {
      ...about,
      code: 'wire-crosses-frame',
      message: `A wire leads from ${mention(from.id)} ${place(source.network)} to ${mention(target.node.id)} ${place(target.node.network)}.`,
      hint: 'Wires stay within a frame. A network is used through a call; give it an input or an output.',
    };
  if (!takesType(input, source.type))
    return {
      ...about,
      code: 'type-mismatch',
      message: `${mentionEnd('output', from)} is ${typeNames[source.type]}, but ${mentionEnd('input', to)} takes ${typeNames[input.type]}.`,
      hint: typeHints[input.type],
    };
  const taken = target.wiredFrom.get(input.name);
  if (taken && !input.many)
    return {
      ...about,
      code: 'input-taken',
      message: `Two wires lead into ${mentionEnd('input', to)}: from ${taken[0] ? mentionEnd('output', taken[0]) : ''} and from ${mentionEnd('output', from)}.`,
      hint: 'This input takes one wire; the first counts.',
    };
  if (taken && input.type === 'theta' && taken.some((end) => end.id === from.id))
    return {
      ...about,
      code: 'wire-duplicate',
      severity: 'warning',
      message: `θ of ${mention(from.id)} is wired to ${mention(target.node.id)} twice.`,
      hint: 'One wire is enough.',
    };
  const end = { id: from.id, port: from.port, wire: index };
  if (taken) taken.push(end);
  else target.wiredFrom.set(input.name, [end]);
  source.node?.wiredTo.push({ id: to.id, port: to.port, from: from.port });
  if (input.type === 'theta') draft.networks.get(from.id)?.heldBy.push(to.id);
  return undefined;
}

/** What a wire starts from; a complaint; or undefined where the node's ports are not sure. */
function findSource(draft: Draft, from: { id: string; port: string }): Source | Complaint | undefined {
  if (draft.networks.has(from.id)) {
    if (from.port === THETA) return { ...from, type: 'theta', network: undefined };
    return {
      code: 'port-unknown',
      node: from.id,
      port: from.port,
      message: `Network ${mention(from.id)} has no output "${from.port}": only its θ can be wired from its frame.`,
      hint: 'Wire from a call of the network instead.',
    };
  }
  const node = draft.nodes.get(from.id);
  if (!node)
    return {
      code: 'wire-dangling',
      message: `A wire starts at "${from.id}", which does not exist.`,
    };
  const output = node.outputs.find((port) => port.name === from.port);
  if (output) return { ...from, type: output.type, network: node.node.network, node };
  return node.hasUnsurePorts ? undefined : unknownPort(node, from.port, 'output');
}

function missingTarget(draft: Draft, to: { id: string; port: string }): Complaint {
  if (draft.networks.has(to.id))
    return {
      code: 'port-unknown',
      node: to.id,
      port: to.port,
      message: `Network ${mention(to.id)} has no input "${to.port}": wires cannot end at a frame.`,
      hint: 'Wire into a call of the network.',
    };
  return { code: 'wire-dangling', message: `A wire ends at "${to.id}", which does not exist.` };
}

function unknownPort(node: DraftNode, port: string, side: 'input' | 'output'): Complaint {
  const ports = (side === 'input' ? node.inputs : node.outputs).map(({ name }) => name);
  return {
    code: 'port-unknown',
    node: node.node.id,
    port,
    message: `${mention(node.node.id)} has no ${side} "${port}".`,
    hint: ports.length > 0 ? `It has ${listNames(ports)}.` : `It has no ${side}s.`,
  };
}

const place = (network: string | undefined): string =>
  network === undefined ? 'in the game' : `in network ${mention(network)}`;

export const typeNames: { readonly [type in PortType]: string } = {
  tensor: 'a tensor',
  scalar: 'a loss (one number)',
  theta: 'the θ of a network',
  player: 'a player',
};

const typeHints: { readonly [type in PortType]: string } = {
  tensor: 'Wire the output of a source, a layer or a call into it.',
  scalar: 'Wire the output of a loss into it.',
  theta: 'Wire the θ of a network’s frame into it.',
  player: 'Wire the look-ahead of another optimizer into it.',
};
