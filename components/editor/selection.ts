import type { Stores } from '@/components/hooks/stores';
import type { Selection } from '@/lib/edit/edited';
import { wireKeys } from '@/lib/edit/wire-keys';

/**
 * The selection as edits take it: what is not in the document any more is left out. Without one, the node or the
 * wire that has the keyboard's focus.
 */
export function selectionOf({ editor, session }: Stores): Required<Selection> {
  const { shown: graph } = editor.getState();
  const state = session.getState();
  const isNothing = state.selection.size + state.wires.size === 0;
  const { selection, wires } = isNothing ? focused() : state;
  const keys = wireKeys(graph.wires);
  return {
    nodes: graph.nodes.flatMap(({ id }) => (selection.has(id) ? [id] : [])),
    networks: graph.networks.flatMap(({ id }) => (selection.has(id) ? [id] : [])),
    wires: keys.flatMap((key, index) => (wires.has(key) ? [index] : [])),
  };
}

function focused(): { readonly selection: ReadonlySet<string>; readonly wires: ReadonlySet<string> } {
  const element = typeof document === 'undefined' ? null : document.activeElement;
  const idOf = (className: string) =>
    new Set([element?.classList.contains(className) && element.getAttribute('data-id')].filter((id) => !!id));
  return {
    selection: idOf('react-flow__node') as ReadonlySet<string>,
    wires: idOf('react-flow__edge') as ReadonlySet<string>,
  };
}

/** Ids of the networks and nodes that are selected. */
export const selectedIds = (stores: Stores): readonly string[] => {
  const { nodes, networks } = selectionOf(stores);
  return [...networks, ...nodes];
};

export const isEmpty = ({ nodes, networks, wires = [] }: Selection): boolean =>
  nodes.length + networks.length + wires.length === 0;

/** "Dense", "3 nodes", "2 networks and 1 wire": for labels of the history. */
export function describeSelection({ nodes, networks, wires = [] }: Selection): string {
  const parts = [
    [nodes.length, 'node'],
    [networks.length, 'network'],
    [wires.length, 'wire'],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}${n > 1 ? 's' : ''}`)
    .join(' and ');
}
