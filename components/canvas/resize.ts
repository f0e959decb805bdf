import { useMemo } from 'react';
import { useStores } from '@/components/hooks/stores';
import { moveNodes, resize } from '@/lib/edit/move';
import type { Edit } from '@/lib/store/editor';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Resizing a node or network by its corners: one gesture. */
export function useResize(id: string) {
  const { editor } = useStores();
  return useMemo(
    () => ({
      onResizeStart: () => editor.begin('Resize'),
      onResize: (_: unknown, box: Box) => editor.preview(resizeTo(id, box)),
      onResizeEnd: () => editor.end(),
    }),
    [editor, id],
  );
}

/** A frame that grows to the left or upwards leaves its nodes where they are on the canvas. */
const resizeTo =
  (id: string, box: Box): Edit =>
  (graph) => {
    const at = [Math.round(box.x), Math.round(box.y)] as const;
    const resized = resize(graph, id, [Math.round(box.width), Math.round(box.height)], at);
    const frame = graph.networks.find((network) => network.id === id);
    if (!frame || (frame.at[0] === at[0] && frame.at[1] === at[1])) return resized;
    const [dx, dy] = [frame.at[0] - at[0], frame.at[1] - at[1]];
    const inside = graph.nodes.filter(({ network }) => network === id);
    return moveNodes(
      resized,
      new Map(inside.map((node) => [node.id, [node.at[0] + dx, node.at[1] + dy] as const])),
    );
  };
