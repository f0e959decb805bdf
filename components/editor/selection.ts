import type { Stores } from '@/components/hooks/stores';
import type { Selection } from '@/lib/edit/edited';
import { wireKeys } from '@/lib/edit/wire-keys';

/** The selection as edits take it: what is not in the document any more is left out. */
export function selectionOf({ editor, session }: Stores): Required<Selection> {
  const { graph } = editor.getState();
  const { selection, wires } = session.getState();
  const keys = wireKeys(graph.wires);
  return {
    nodes: graph.nodes.flatMap(({ id }) => (selection.has(id) ? [id] : [])),
    networks: graph.networks.flatMap(({ id }) => (selection.has(id) ? [id] : [])),
    wires: keys.flatMap((key, index) => (wires.has(key) ? [index] : [])),
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
