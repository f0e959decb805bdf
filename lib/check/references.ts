import type { Diagnostic } from '@/lib/graph/diagnostic';
import { callParams } from '@/lib/nodes/role-params';
import { type ReferenceField, referencesOf } from './definition-facts';
import { type Draft, type DraftNode, listNames } from './draft';
import { mention } from './mention';

/** Parameters that name networks, ports and nodes: an empty one is not chosen yet, any other must exist. */
export function checkReferences(draft: Draft): void {
  for (const node of draft.nodes.values()) {
    if (!node.definition) continue;
    const call = callParams(node);
    if (call) draft.networks.get(call.network)?.calls.push(node.node.id);
    for (const field of referencesOf(node.definition)) {
      const value = node.params[field.param];
      if (typeof value !== 'string' || value === '') {
        if (field.reference.to === 'network') node.hasUnsurePorts = true;
        continue;
      }
      const diagnostic = checkReference(draft, node, field, value);
      if (!diagnostic) continue;
      if (field.reference.to === 'network') node.hasUnsurePorts = true;
      draft.diagnostics.push(diagnostic);
    }
  }
}

function checkReference(
  draft: Draft,
  { node, params }: DraftNode,
  { param, reference }: ReferenceField,
  value: string,
): Diagnostic | undefined {
  const about = { severity: 'error' as const, node: node.id, path: `params.${param}` };
  const choose = (message: string, names: readonly string[], say = mention) => ({
    hint: names.length > 0 ? `There is ${listNames(names.map(say))}.` : `There is none in this graph yet.`,
    ...(names[0] !== undefined &&
      names.length === 1 && {
        fix: {
          type: 'set-params' as const,
          label: `Use ${say(names[0])}`,
          node: node.id,
          params: { [param]: names[0] },
        },
      }),
    message,
  });
  switch (reference.to) {
    case 'network':
      if (draft.networks.has(value)) return undefined;
      return {
        ...about,
        code: 'reference-network',
        ...choose(`${mention(node.id)} names the network "${value}", which does not exist.`, [
          ...draft.networks.keys(),
        ]),
      };
    case 'input':
    case 'output': {
      const network = draft.networks.get(String(params[reference.of]));
      const ports = network && (reference.to === 'input' ? network.inputs : network.outputs);
      if (!ports || ports.has(value)) return undefined;
      const side = reference.to;
      return {
        ...about,
        code: 'reference-port',
        ...choose(
          `${mention(node.id)} names the ${side} "${value}" of network ${mention(network.network.id)}, which it has not.`,
          [...ports.keys()],
          (name) => name,
        ),
      };
    }
    case 'node': {
      if (draft.nodes.get(value)?.definition?.role === reference.role) return undefined;
      const names: string[] = [];
      for (const other of draft.game) {
        if (other.definition?.role === reference.role) names.push(other.node.id);
        if (names.length > 6) break;
      }
      const found = draft.nodes.has(value)
        ? `${mention(value)}, which is no ${reference.role}`
        : `the node "${value}", which does not exist`;
      return {
        ...about,
        code: 'reference-node',
        ...choose(`${mention(node.id)} names ${found}.`, names),
      };
    }
  }
}
