import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { type Block, endsOf, type Graph, type GraphNode, splitEndpoint, type Wire } from '@/lib/graph/schema';
import { type InputPort, type OutputPort, takesType } from '@/lib/nodes/port-types';
import { callParams } from '@/lib/nodes/role-params';
import type { Shape } from '@/lib/shapes/shape';
import type { Checked, CheckedNetwork, CheckedNode, End, InBlock, Reader, Use } from '../checked';
import { THETA } from '../draft';
import { titleOf } from '../names';
import { resolveParams } from '../resolve-params';
import { type Path, prefixOf } from './inside';
import { firstIn } from './plain-id';

/**
 * What the check of a document says of the graph at a path, by the ids that this graph has: a use is a node with the
 * ports of its block. Diagnostics keep the plain id of what they are about as `at`, and name it in their parts.
 */
export function shownAt(checked: Checked, graph: Graph, path: Path): Checked {
  const prefix = prefixOf(path);
  /** What a plain id is part of here: a node, a network or a use. */
  const localOf = (id: string): string | undefined => firstIn(prefix, id)?.id;
  const localsOf = (ids: Iterable<string>) => [
    ...new Set([...ids].map(localOf).filter((id) => id !== undefined)),
  ];
  const nodes = describeNodes(checked, graph, prefix, localOf);
  const shapeOf = (end: string) => plainShape(checked, prefix, end);
  const block = graph.blocks.find((each) => each.id === graph.inside);
  const wiresOf = wireUp(graph, nodes, checked, prefix);
  return {
    ...checked,
    graph,
    uses: new Map(graph.nodes.flatMap(({ id }) => useEntry(checked, prefix, id))),
    nodes: new Map(
      [...nodes].map(([id, node]) => [
        id,
        { ...node, ...wiresOf(id), ...(block && { inBlock: inBlock(checked, block, prefix, id) }) },
      ]),
    ),
    networks: new Map(
      graph.networks.flatMap((network): [string, CheckedNetwork][] => {
        const found = checked.networks.get(prefix + network.id);
        if (!found) return [];
        const ports = (all: ReadonlyMap<string, string>) =>
          new Map([...all].map(([name, id]) => [name, localOf(id) ?? id]));
        const own = { inputs: ports(found.inputs), outputs: ports(found.outputs) };
        return [
          [
            network.id,
            { ...found, ...own, network, order: localsOf(found.order), calls: localsOf(found.calls) },
          ],
        ];
      }),
    ),
    order: localsOf(checked.order),
    active: new Set(localsOf(checked.active)),
    wireShapes: graph.wires.map(([from]) => shapeOf(from)),
    diagnostics: checked.diagnostics.map((each) => showDiagnostic(each, checked, graph, prefix, localOf)),
  };
}

function inBlock(checked: Checked, block: Block, prefix: string, id: string): InBlock {
  const ends = (list: readonly (readonly [end: string, name: string])[]) =>
    new Map(
      list.flatMap(([end, name]) => (splitEndpoint(end).id === id ? [[splitEndpoint(end).port, name]] : [])),
    );
  const inputs = ends(block.inputs.flatMap(({ name, to }) => to.map((end) => [end, name] as const)));
  const outputs = ends(block.outputs.map(({ name, from }) => [from, name]));
  const node = checked.nodes.get(prefix + id);
  const params = node && callParams(node);
  const call = node &&
    params && {
      title: titleOf(node, checked),
      network: checked.networks.get(params.network)?.network,
    };
  return { place: block.place, inputs, outputs, ...(call && { call }) };
}

const useEntry = (checked: Checked, prefix: string, id: string): [string, Use][] => {
  const use = checked.uses.get(prefix + id);
  return use ? [[id, use]] : [];
};

type Ports = Omit<CheckedNode, 'wiredFrom' | 'wiredTo'>;

function describeNodes(
  checked: Checked,
  graph: Graph,
  prefix: string,
  localOf: (id: string) => string | undefined,
): Map<string, Ports> {
  const sums = new Map<string, { parameters: number; multiplyAdds: number }>();
  for (const [id, { parameters, multiplyAdds }] of checked.nodes) {
    const local = localOf(id);
    if (local === undefined) continue;
    const sum = sums.get(local) ?? { parameters: 0, multiplyAdds: 0 };
    sums.set(local, {
      parameters: sum.parameters + parameters,
      multiplyAdds: sum.multiplyAdds + multiplyAdds,
    });
  }
  return new Map(
    graph.nodes.map((node) => {
      const use = checked.uses.get(prefix + node.id);
      const sum = sums.get(node.id) ?? { parameters: 0, multiplyAdds: 0 };
      if (use) return [node.id, { ...describeUse(checked, node, use), ...sum }];
      const found = checked.nodes.get(prefix + node.id);
      if (!found) return [node.id, { ...nothing, ...sum, node, params: node.params }];
      // In a block: what the block says itself, not what this use makes of it.
      const own =
        prefix !== '' && found.definition ? resolveParams(node, found.definition).params : found.params;
      return [node.id, { ...found, node, params: own }];
    }),
  );
}

const nothing = { definition: undefined, inputs: [], outputs: [], outputShapes: new Map<string, Shape>() };

function describeUse(
  checked: Checked,
  node: GraphNode,
  use: Use,
): Omit<Ports, 'parameters' | 'multiplyAdds'> {
  const outputShapes = new Map<string, Shape>();
  for (const [name, end] of use.outputs) {
    const shape = plainShape(checked, '', end);
    if (shape) outputShapes.set(name, shape);
  }
  const { inputs, outputs } = portsOfUse(checked, use);
  return { node, use, definition: undefined, params: node.params, inputs, outputs, outputShapes };
}

function portsOfUse(checked: Checked, { block, inputs, outputs }: Use) {
  return {
    inputs: block.inputs.map(({ name }): InputPort => {
      const ends = (inputs.get(name) ?? []).flatMap((end) => inputAt(checked, end) ?? []);
      const [first] = ends;
      const { many: _, optional: __, idle: ___, ...port } = first ?? { type: 'tensor' as const };
      return {
        ...port,
        name,
        ...(first && ends.every(({ many }) => many) && { many: true }),
        ...(first && ends.every(({ optional }) => optional) && { optional: true }),
      };
    }),
    outputs: block.outputs.map(({ name }): OutputPort => {
      const end = outputs.get(name);
      const { needs: _, idle: __, ...port } = (end && outputAt(checked, end)) || { type: 'tensor' as const };
      return { ...port, name };
    }),
  };
}

function inputAt({ nodes }: Checked, end: string): InputPort | undefined {
  const { id, port } = splitEndpoint(end);
  return nodes.get(id)?.inputs.find(({ name }) => name === port);
}

function outputAt({ nodes, networks }: Checked, end: string): OutputPort | undefined {
  const { id, port } = splitEndpoint(end);
  if (networks.has(id)) return port === THETA ? { name: THETA, type: 'theta' } : undefined;
  return nodes.get(id)?.outputs.find(({ name }) => name === port);
}

/** The shape at an output of an inside, which may be one of a use. */
function plainShape(checked: Checked, prefix: string, end: string): Shape | undefined {
  const { id, port } = splitEndpoint(end);
  const source = checked.uses.get(prefix + id)?.outputs.get(port);
  const plain = source === undefined ? { id: prefix + id, port } : splitEndpoint(source);
  return checked.nodes.get(plain.id)?.outputShapes.get(plain.port);
}

/** Which wires count here, as `wireUp` of the check has it: both ports are there, of one type, and not yet taken. */
function wireUp(graph: Graph, nodes: ReadonlyMap<string, Ports>, checked: Checked, prefix: string) {
  const wired = new Map<string, { wiredFrom: Map<string, End[]>; wiredTo: Reader[] }>();
  for (const id of nodes.keys()) wired.set(id, { wiredFrom: new Map(), wiredTo: [] });
  const networks = new Set(graph.networks.map(({ id }) => id));
  graph.wires.forEach((wire, index) => {
    const [from, to] = endsOf(wire).map(splitEndpoint) as [End, End];
    const source = networks.has(from.id)
      ? outputAt(checked, prefix + wire[0])
      : nodes.get(from.id)?.outputs.find(({ name }) => name === from.port);
    const input = nodes.get(to.id)?.inputs.find(({ name }) => name === to.port);
    const ends = wired.get(to.id)?.wiredFrom;
    const frames = [from, to].map(({ id }) => nodes.get(id)?.node.network);
    if (!source || !input || !ends || !takesType(input, source.type) || frames[0] !== frames[1]) return;
    const taken = ends.get(to.port);
    if (taken && !input.many) return;
    ends.set(to.port, [...(taken ?? []), { ...from, wire: index }]);
    wired.get(from.id)?.wiredTo.push({ id: to.id, port: to.port, from: from.port });
  });
  return (id: string) => wired.get(id) ?? { wiredFrom: new Map<string, End[]>(), wiredTo: [] };
}

function showDiagnostic(
  diagnostic: Diagnostic,
  { origins }: Checked,
  graph: Graph,
  prefix: string,
  localOf: (id: string) => string | undefined,
): Diagnostic {
  const { node: at, wire: plainWire, fix, ...rest } = diagnostic;
  const node = at === undefined ? undefined : localOf(at);
  const origin = plainWire === undefined ? undefined : origins[plainWire];
  const wire = origin?.prefix === prefix ? origin.wire : origins.length === 0 ? plainWire : undefined;
  const shownFix = fix && showFix(fix, prefix, wire === undefined ? undefined : graph.wires[wire]);
  return {
    ...rest,
    ...(at !== undefined && { at }),
    ...(node !== undefined && { node }),
    ...(wire !== undefined && { wire }),
    ...(shownFix && { fix: shownFix }),
  };
}

/** A fix of what is here, not in a block further down or outside; undefined for another. */
function showFix(fix: Fix, prefix: string, own: Wire | undefined): Fix | undefined {
  const here = (id: string) => {
    const first = firstIn(prefix, id);
    return first?.isLast ? first.id : undefined;
  };
  const wireHere = (wire: Wire): Wire | undefined => {
    const [from, to] = endsOf(wire).map(here);
    return from !== undefined && to !== undefined ? [from, to] : undefined;
  };
  switch (fix.type) {
    case 'set-params':
    case 'bypass': {
      const node = here(fix.node);
      return node === undefined ? undefined : { ...fix, node };
    }
    case 'swap-wires': {
      const [first, second] = fix.wires.map(wireHere);
      return first && second ? { ...fix, wires: [first, second] } : undefined;
    }
    case 'remove-wire':
    case 'insert-on-wire': {
      const wire = own ?? wireHere(fix.wire);
      return wire && { ...fix, wire };
    }
  }
}
