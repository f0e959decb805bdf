import { reachFrom } from '@/lib/graph/reach';
import type { WiredNode } from './checked';
import { referencesOf } from './definition-facts';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import { isById } from './rewrite-references';

/**
 * What a run needs: players, views and metrics that are complete, and all that they reach by wires, calls and
 * parameters. Mistakes elsewhere are not errors: they stand in nobody's way.
 */
export function findActive(draft: Draft): void {
  const roots = draft.game.filter(isComplete).map(({ node }) => node.id);
  const active = new Set<string>();
  reachFrom(roots, (id, go) => {
    const network = draft.networks.get(id);
    const node = draft.nodes.get(id);
    if (network || node) active.add(id);
    if (network) for (const output of network.outputs.values()) go(output);
    else if (node) {
      for (const ends of node.wiredFrom.values()) for (const end of ends) go(end.id);
      if (node.definition)
        for (const { param, reference } of referencesOf(node.definition))
          if (isById(reference)) go(String(node.params[param]));
    }
  });
  // Every input of a network that is used is a port of its calls, read or not.
  for (const network of draft.networks.values())
    if (active.has(network.network.id)) for (const id of network.inputs.values()) active.add(id);
  draft.active = active;
}

/** An optimizer with a loss and θ; a view or metric that has all it asks for. */
export function isComplete(node: WiredNode): boolean {
  const { definition, inputs, wiredFrom } = node;
  switch (definition?.role) {
    case 'optimizer':
      return wiredFrom.has('loss') && wiredFrom.has('theta');
    case 'averaging':
      return wiredFrom.has('theta');
    case 'view':
    case 'metric':
      return inputs.every((port) => port.optional || wiredFrom.has(port.name)) && !isIdle(node);
    default:
      return false;
  }
}

/** A view or metric to which nothing leads, or that has something to name still (null: it may go without). */
export function isIdle({ definition, params, wiredFrom }: WiredNode): boolean {
  if (!definition) return true;
  const named = referencesOf(definition);
  if (named.some(({ param }) => params[param] === '')) return true;
  return wiredFrom.size === 0 && !named.some(({ reference }) => reference.to === 'network');
}

/** The nodes of a network on which its outputs depend; all of them where it has no output yet. */
export function usedNodes(draft: Draft, network: DraftNetwork): ReadonlySet<DraftNode> {
  if (network.outputs.size === 0) return new Set(network.nodes);
  const outputs = [...network.outputs.values()].flatMap((id) => draft.nodes.get(id) ?? []);
  return reachFrom(outputs, (node, go) => {
    for (const ends of node.wiredFrom.values())
      for (const { id } of ends) {
        const source = draft.nodes.get(id);
        if (source) go(source);
      }
  });
}
