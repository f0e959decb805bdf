import { useMemo, useRef } from 'react';
import { useEditor, useSession } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { portTypeOf } from '@/lib/edit/port-type';
import type { Shown } from '@/lib/layout/shown';
import { createConverter } from './convert';
import type { Positions } from './drag';

/** The document as React Flow's nodes and edges; of a large one what is shown. */
export function useFlowItems(dragged: Positions, thetaWires: boolean, shown: Shown | undefined) {
  const graph = useEditor((state) => state.shown);
  const checked = useChecked();
  const selection = useSession((state) => state.selection);
  const wires = useSession((state) => state.wires);
  const converter = useRef<ReturnType<typeof createConverter>>(null);
  converter.current ??= createConverter();
  const convert = converter.current;
  const [held] = dragged.keys();
  const wiring = useSession((state) => state.wiring);
  const type = wiring && portTypeOf(checked, wiring);
  const to = wiring?.side === 'output' ? 'input' : 'output';
  return useMemo(() => {
    // What is held stays an element where the view moves away under it.
    const isHeld = shown && !shown.far && held !== undefined && !shown.nodes.has(held);
    const items = shown && { nodes: isHeld ? [...shown.nodes, held] : shown.nodes, wires: shown.wires };
    const drawn = type && ({ type, to } as const);
    return convert(graph, checked, { selection, wires, dragged, thetaWires, drawn }, items);
  }, [convert, graph, checked, selection, wires, dragged, held, thetaWires, shown, type, to]);
}
