import { useCallback } from 'react';
import { useStores } from '@/components/hooks/stores';
import { checkedOf } from '@/lib/edit/checked-of';
import { wireIndex } from '@/lib/edit/wire-keys';
import { splitEndpoint } from '@/lib/graph/schema';
import type { Point } from '@/lib/layout/boxes';
import { addPoint } from '@/lib/layout/via';
import { endOf } from '@/lib/layout/wires';

/** Leads a wire through a point of the canvas, and selects it so that the point is there to drag. */
export function useAddPoint(): (wire: string, at: Point) => void {
  const { editor, session } = useStores();
  return useCallback(
    (wire, at) => {
      editor.commit('Add a point', (graph) => {
        const index = wireIndex(graph, wire);
        const [from, to] = graph.wires[index] ?? [];
        if (from === undefined || to === undefined) return graph;
        const checked = checkedOf(graph);
        const [source, target] = [splitEndpoint(from), splitEndpoint(to)];
        const start = endOf(checked, source.id, source.port, 'source');
        const end = endOf(checked, target.id, target.port, 'target');
        return start && end ? addPoint(graph, index, at, [start.at, end.at]) : graph;
      });
      session.select([], [wire]);
    },
    [editor, session],
  );
}
