import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Graph, GraphNode } from '@/lib/graph/schema';
import type { NetworkScope, Place, Scope } from '@/lib/nodes/define';
import { findDefinition } from '@/lib/nodes/registry';
import { readPort } from '@/lib/nodes/role-params';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import { findObstacle } from './infer-call';
import { mention } from './mention';
import { resolveParams } from './resolve-params';

/** Inputs, and outputs, of one network. Every call has them all as ports. */
const MOST_PORTS = 64;

/** First pass: kinds, parameters, places, the networks' ports, then everybody's ports. */
export function resolve(graph: Graph): Draft {
  const draft: Draft = {
    graph,
    nodes: new Map(),
    networks: new Map(),
    game: [],
    order: [],
    active: new Set(),
    diagnostics: [],
  };
  graph.networks.forEach((network, index) => {
    draft.networks.set(network.id, {
      network,
      index,
      inputs: new Map(),
      outputs: new Map(),
      nodes: [],
      calls: [],
      order: [],
      heldBy: [],
      inputShapes: new Map(),
      outputShapes: new Map(),
    });
  });
  graph.nodes.forEach((node, index) => {
    resolveNode(draft, node, index);
  });
  for (const network of draft.networks.values()) resolveNetworkPorts(draft, network);
  const scope = scopeOf(draft);
  for (const node of draft.nodes.values()) resolvePorts(draft, node, scope);
  return draft;
}

function resolveNode(draft: Draft, node: GraphNode, index: number): void {
  const definition = findDefinition(node.kind);
  const resolved = definition && resolveParams(node, definition);
  if (resolved) draft.diagnostics.push(...resolved.diagnostics);
  else
    draft.diagnostics.push({
      code: 'unknown-kind',
      severity: 'error',
      node: node.id,
      message: `This version of Ganvas does not know the kind "${node.kind}".`,
      hint: 'It is kept as it is. Reload the page to get the newest version, or delete the node.',
    });
  const drafted: DraftNode = {
    node,
    index,
    definition,
    params: resolved?.params ?? node.params,
    inputs: [],
    outputs: [],
    hasUnsurePorts: !definition || (resolved?.diagnostics.length ?? 0) > 0,
    wiredFrom: new Map(),
    wiredTo: [],
    outputShapes: new Map(),
    parameters: 0,
    buffers: 0,
    multiplyAdds: 0,
  };
  draft.nodes.set(node.id, drafted);
  if (node.network === undefined) draft.game.push(drafted);
  else {
    const network = draft.networks.get(node.network);
    if (network) network.nodes.push(drafted);
    else
      draft.diagnostics.push({
        code: 'network-missing',
        severity: 'error',
        node: node.id,
        message: `${mention(node.id)} stands in the network "${node.network}", which does not exist.`,
        hint: 'Move it into a network or out of all.',
      });
  }
  checkPlace(draft, drafted);
}

function checkPlace(draft: Draft, { node, definition }: DraftNode): void {
  const place: Place = node.network === undefined ? 'game' : 'network';
  if (!definition || definition.place.includes(place)) return;
  draft.diagnostics.push({
    code: 'place-wrong',
    severity: 'error',
    node: node.id,
    message:
      place === 'game'
        ? `${definition.title} belongs in a network, but ${mention(node.id)} stands in the game.`
        : `${definition.title} belongs in the game, but ${mention(node.id)} stands in the network ${mention(node.network ?? '')}.`,
    hint:
      place === 'game' ? 'Drag it into a network, or make a network around it.' : 'Drag it out of the frame.',
  });
}

function resolveNetworkPorts(draft: Draft, network: DraftNetwork): void {
  for (const { node, definition, params } of network.nodes) {
    const role = definition?.role;
    if (role !== 'network-input' && role !== 'network-output') continue;
    const ports = role === 'network-input' ? network.inputs : network.outputs;
    const { name } = readPort(params);
    const first = ports.get(name);
    if (first === undefined && ports.size >= MOST_PORTS) draft.diagnostics.push(tooManyPorts(network, node));
    else if (first === undefined) ports.set(name, node.id);
    else draft.diagnostics.push(duplicatePort(network, node, name, first, role));
  }
}

const tooManyPorts = ({ network }: DraftNetwork, node: GraphNode): Diagnostic => ({
  code: 'port-limit',
  severity: 'error',
  node: node.id,
  message: `Network ${mention(network.id)} has more than ${MOST_PORTS} inputs or outputs; ${mention(node.id)} is one too many.`,
  hint: 'Concatenate some of them.',
});

function duplicatePort(
  { network, inputs, outputs }: DraftNetwork,
  node: GraphNode,
  name: string,
  first: string,
  role: 'network-input' | 'network-output',
): Diagnostic {
  const side = role === 'network-input' ? 'input' : 'output';
  const taken = role === 'network-input' ? inputs : outputs;
  let free = 2;
  while (taken.has(`${name}-${free}`)) free++;
  const fresh = `${name.slice(0, 32)}-${free}`;
  return {
    code: 'port-duplicate',
    severity: 'error',
    node: node.id,
    message: `Network ${mention(network.id)} has two ${side}s named "${name}": ${mention(first)} and ${mention(node.id)}.`,
    hint: `Every ${side} of a network needs a name of its own.`,
    fix: { type: 'set-params', label: `Name it ${fresh}`, node: node.id, params: { name: fresh } },
  };
}

function scopeOf(draft: Draft): Scope {
  const cache = new Map<string, NetworkScope>();
  for (const [id, network] of draft.networks)
    cache.set(id, {
      inputs: [...network.inputs.keys()],
      outputs: [...network.outputs.keys()],
      isInvertible: findObstacle(network) === undefined,
    });
  return { network: (id) => cache.get(id) };
}

function resolvePorts(draft: Draft, node: DraftNode, scope: Scope): void {
  const { definition, params } = node;
  if (!definition) return;
  try {
    node.inputs = definition.inputs(params as never, scope);
    node.outputs = definition.outputs(params as never, scope);
  } catch (error) {
    node.hasUnsurePorts = true;
    draft.diagnostics.push({
      code: 'kind-failed',
      severity: 'error',
      node: node.node.id,
      message: `${mention(node.node.id)} cannot work with these parameters: ${String(error).slice(0, 200)}`,
    });
  }
}
