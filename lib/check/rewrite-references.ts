import type { Block, GraphNode, Params } from '@/lib/graph/schema';
import { paramMeta, type Reference } from '@/lib/nodes/params';
import { findDefinition } from '@/lib/nodes/registry';
import { exposedBy } from './blocks/exposed';
import { type ReferenceField, referencesOf } from './definition-facts';
import { resolveParams } from './resolve-params';

/** What a reference becomes: another name, `null` to forget it (its default again), undefined to leave it. */
type Rewrite = (
  reference: Reference,
  value: string,
  network: string | undefined,
) => string | null | undefined;

/** A parameter that names something in the graph, and the name; for a port, of which network. */
interface Named extends ReferenceField {
  readonly value: string;
  readonly network: string | undefined;
}

/** Whether it names a node or a network, by its id. */
export const isById = ({ to }: Reference): boolean => to === 'network' || to === 'node';

/** What the parameters of a node name, by default too. Those of a use are known by the document's blocks. */
export function readReferences(node: GraphNode, blocks: readonly Block[] = []): readonly Named[] {
  const definition = findDefinition(node.kind);
  const references = definition ? referencesOf(definition) : referencesOfUse(node, blocks);
  if (references.length === 0) return [];
  const given = definition ? resolveParams(node, definition).params : {};
  const read = (param: string) => node.params[param] ?? given[param];
  return references.flatMap(({ param, reference }): Named[] => {
    const value = read(param);
    if (typeof value !== 'string') return [];
    const of = 'of' in reference ? read(reference.of) : undefined;
    return [{ param, reference, value, network: typeof of === 'string' ? of : undefined }];
  });
}

/** Rewrites the typed references among a node's parameters; the same node where none changes. */
export function rewriteReferences(
  node: GraphNode,
  rewrite: Rewrite,
  blocks: readonly Block[] = [],
): GraphNode {
  let params: Record<string, Params[string]> | undefined;
  for (const { param, reference, value, network } of readReferences(node, blocks)) {
    const next = rewrite(reference, value, network);
    if (next === undefined || (next === null && node.params[param] === undefined)) continue;
    params ??= { ...node.params };
    if (next === null) delete params[param];
    else params[param] = next;
  }
  return params ? { ...node, params } : node;
}

/** A use names by itself what its block leaves to it. */
function referencesOfUse(node: GraphNode, blocks: readonly Block[]): readonly ReferenceField[] {
  const block = blocks.find(({ id }) => id === node.block);
  if (!block || Object.keys(node.params).length === 0) return [];
  return exposedBy(blocks, block).flatMap(({ name, schema }) => {
    const { reference } = paramMeta(schema);
    return reference && isById(reference) ? [{ param: name, reference }] : [];
  });
}
