import { useEffect, useMemo } from 'react';
import { type EdgeChange, type NodeChange, useStoreApi } from 'reactflow';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import type { Checked } from '@/lib/check/checked';
import { callParams } from '@/lib/nodes/role-params';
import type { FlowNode, WireEdge } from './flow';

/** React Flow's selection of nodes and wires, kept in the session. */
export function useSelectionChanges() {
  const { session } = useStores();
  const store = useStoreApi();
  return useMemo(
    () => ({
      onNodesChange(changes: NodeChange<FlowNode>[]) {
        const next = applySelection(session.getState().selection, changes);
        if (!next) return;
        const { multiSelectionActive, nodeLookup } = store.getState();
        // React Flow deselects those that it knows.
        if (!multiSelectionActive) for (const id of next) if (!nodeLookup.has(id)) next.delete(id);
        session.select(next, session.getState().wires);
      },
      onEdgesChange(changes: EdgeChange<WireEdge>[]) {
        const next = applySelection(session.getState().wires, changes);
        if (next) session.select(session.getState().selection, next);
      },
    }),
    [session, store],
  );
}

/** A set with the selection changes applied, or undefined where there were none. */
function applySelection(
  current: ReadonlySet<string>,
  changes: readonly (NodeChange<FlowNode> | EdgeChange<WireEdge>)[],
): Set<string> | undefined {
  let next: Set<string> | undefined;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    next ??= new Set(current);
    if (change.selected) next.add(change.id);
    else next.delete(change.id);
  }
  return next;
}

/** Highlights the network of the one call, frame or θ wire that is selected. */
export function useHighlight(edges: readonly WireEdge[]): void {
  const { session } = useStores();
  const checked = useChecked();
  const selection = useSession((state) => state.selection);
  const wires = useSession((state) => state.wires);
  const highlighted = selectedNetwork(checked, selection, edges, wires);
  useEffect(() => session.setState({ highlighted }), [session, highlighted]);
}

function selectedNetwork(
  checked: Checked,
  selection: ReadonlySet<string>,
  edges: readonly WireEdge[],
  wires: ReadonlySet<string>,
): string | undefined {
  const [id] = selection;
  if (selection.size === 0 && wires.size === 1) return edges.find((edge) => wires.has(edge.id))?.data?.theta;
  if (selection.size !== 1 || id === undefined) return undefined;
  if (checked.networks.has(id)) return id;
  const node = checked.nodes.get(id);
  return node && callParams(node)?.network;
}
