import { readPort } from '@/lib/nodes/role-params';
import type { Shape } from '@/lib/shapes/shape';
import type { End } from './checked';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import { type Inferred, inferNode, reportProblem } from './infer-node';
import { measureNode } from './measure-node';

type Shapes = Map<string, ReadonlyMap<string, Shape>>;

/**
 * Shapes through a network from its inputs', in topological order. With `record` they become the network's
 * own and problems are reported; without, the same network is only asked what it gives for another batch
 * factor.
 */
export function inferNetwork(
  draft: Draft,
  network: DraftNetwork,
  inputs: ReadonlyMap<string, Shape>,
  record: boolean,
): ReadonlyMap<string, Shape> {
  const known: Shapes = new Map();
  const shapeOf = (end: End) => known.get(end.id)?.get(end.port);
  const batch = inputs.values().next().value?.batch ?? 1;
  const results = new Map<string, Shape>();
  for (const node of network.order) {
    const role = node.definition?.role;
    if (role === 'network-input') {
      const shape = inputs.get(readPort(node.params).name);
      const port = node.outputs[0]?.name;
      if (shape && port !== undefined) known.set(node.node.id, new Map([[port, shape]]));
    } else if (role === 'network-output') {
      const end = node.inputs[0] && node.wiredFrom.get(node.inputs[0].name)?.[0];
      const shape = end && shapeOf(end);
      if (shape) results.set(readPort(node.params).name, shape);
    } else {
      const inferred = atBatch(node, inferNode(node, shapeOf), batch);
      if (inferred.type === 'known') known.set(node.node.id, inferred.shapes);
      if (record) recordNode(draft, node, inferred);
    }
  }
  if (!record) return results;
  for (const [name, shape] of inputs) network.inputShapes.set(name, shape);
  for (const node of network.order) node.outputShapes = new Map(known.get(node.node.id));
  for (const [name, id] of network.outputs) {
    const shape = results.get(name);
    if (shape && draft.nodes.get(id)) network.outputShapes.set(name, shape);
  }
  return network.outputShapes;
}

/** What has no inputs gives as many rows as its network runs at: the whole batch where nothing is fed in. */
function atBatch(node: DraftNode, inferred: Inferred, batch: Shape['batch']): Inferred {
  if (inferred.type !== 'known' || node.inputs.length > 0) return inferred;
  const shapes = [...inferred.shapes].map(([port, { dims }]) => [port, { dims, batch }] as const);
  return { ...inferred, shapes: new Map(shapes) };
}

function recordNode(draft: Draft, node: DraftNode, inferred: Inferred): void {
  if (inferred.type === 'problem') reportProblem(draft, node, inferred.problem);
  if (inferred.type === 'known') measureNode(draft, node, inferred.inputs, inferred.shapes);
}
