import { joinEndpoint, splitEndpoint, type Wire } from '@/lib/graph/schema';
import type { Checked, CheckedNode } from './checked';

/**
 * What an X-ray of wires and nodes opens: outputs (`node.port`) and layers with weights (`node`), by plain ids.
 * `checked` is of the graph that is shown, `prefix` leads to it. θ and players carry no numbers of their own.
 */
export function xrayTargets(
  checked: Checked,
  prefix: string,
  selection: { readonly nodes: readonly string[]; readonly wires: readonly number[] },
): readonly string[] {
  const { graph, nodes } = checked;
  const ofWires = selection.wires.map((index) => {
    const wire = graph.wires[index];
    return wire && targetOfWire(checked, prefix, wire);
  });
  const ofNodes = selection.nodes.flatMap((id) => {
    const node = nodes.get(id);
    return node ? targetsOfNode(checked, prefix, node) : [];
  });
  return [...new Set([...ofWires, ...ofNodes])].filter((target) => target !== undefined);
}

export const targetOfWire = (checked: Checked, prefix: string, [from]: Wire): string | undefined =>
  targetOfOutput(checked, prefix, from);

function targetOfOutput({ nodes, uses }: Checked, prefix: string, end: string): string | undefined {
  const { id, port } = splitEndpoint(end);
  const type = nodes.get(id)?.outputs.find(({ name }) => name === port)?.type;
  if (type !== 'tensor' && type !== 'scalar') return undefined;
  const use = uses.get(id);
  return use ? use.outputs.get(port) : prefix + end;
}

/** Its outputs and weights; of what has neither, as views and optimizers, what it is given. */
function targetsOfNode(checked: Checked, prefix: string, node: CheckedNode): readonly (string | undefined)[] {
  const { id } = node.node;
  const outputs = node.outputs.map(({ name }) => targetOfOutput(checked, prefix, joinEndpoint(id, name)));
  const hasWeights = node.definition?.role === 'layer' && node.parameters > 0;
  const own = [...outputs, ...(hasWeights ? [prefix + id] : [])].filter((target) => target !== undefined);
  if (own.length > 0) return own;
  return [...node.wiredFrom.values()]
    .flat()
    .map((end) => targetOfOutput(checked, prefix, joinEndpoint(end.id, end.port)));
}
