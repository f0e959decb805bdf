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

/**
 * Rewrites the typed references among a node's parameters; the same node where none changes. Those of a use are
 * known by the document's blocks.
 */
export function rewriteReferences(
  node: GraphNode,
  rewrite: Rewrite,
  blocks: readonly Block[] = [],
): GraphNode {
  const definition = findDefinition(node.kind);
  const references = definition ? referencesOf(definition) : referencesOfUse(node, blocks);
  if (references.length === 0) return node;
  // A default names something too.
  const given = definition ? resolveParams(node, definition).params : {};
  let params: Record<string, Params[string]> | undefined;
  for (const { param, reference } of references) {
    const value = node.params[param] ?? given[param];
    if (typeof value !== 'string') continue;
    const of = 'of' in reference ? (node.params[reference.of] ?? given[reference.of]) : undefined;
    const next = rewrite(reference, value, typeof of === 'string' ? of : undefined);
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
    return reference?.to === 'network' || reference?.to === 'node' ? [{ param: name, reference }] : [];
  });
}
