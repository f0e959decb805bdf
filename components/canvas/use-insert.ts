import { useCallback } from 'react';
import { useStores } from '@/components/hooks/stores';
import type { Inserted } from '@/components/palette/drag-entry';
import type { Entry } from '@/components/palette/entry';
import { addNetwork, NETWORK_SIZE } from '@/lib/edit/add-network';
import { checkedOf } from '@/lib/edit/checked-of';
import type { PortEnd } from '@/lib/edit/edited';
import { mergeBlocks } from '@/lib/edit/merge-blocks';
import { wireIndex } from '@/lib/edit/wire-keys';
import { type Graph, limits } from '@/lib/graph/schema';
import { freePosition, type Point } from '@/lib/layout/boxes';
import { insertAfter, insertForBoth, insertIntoWire, insertNode, roomBeside } from '@/lib/layout/insert';
import { findMisplaced } from '@/lib/layout/reparent-dropped';
import { formatCount } from '@/lib/util/format-count';
import { middleOf, useView } from './view';

/** The graph with the block that an entry brings along from elsewhere, and that block's id in it. */
function withBlock(graph: Graph, { clip, block }: Pick<Entry, 'clip' | 'block'>) {
  if (!clip) return { graph, block };
  const { blocks, inNode } = mergeBlocks(graph.blocks, clip.blocks);
  return { graph: { ...graph, blocks }, block: clip.nodes.map(inNode)[0]?.block };
}

/** Inserts an entry of the palette: at a point, at the end of a wire, into a wire, or after what is selected. */
export function useInsert() {
  const { editor, session } = useStores();
  const view = useView();
  return useCallback(
    (entry: Inserted, point?: Point, from?: PortEnd, wire?: string) => {
      const { graph, block } = withBlock(editor.getState().shown, entry);
      const at = point ?? (from && roomBeside(graph, from));
      const { selection } = session.getState();
      const insertion = {
        kind: entry.kind,
        ...(block !== undefined && { block }),
        ...(entry.params && { params: entry.params }),
      };
      const only = selection.size === 1 ? [...selection][0] : undefined;
      const added = entry.isNetwork
        ? addNetwork(graph, freePosition(checkedOf(graph), at ?? middleOf(view), true, NETWORK_SIZE))
        : at
          ? (entry.forBoth ? insertForBoth : insertNode)(graph, { ...insertion, at, from })
          : insertAfter(graph, only, { ...insertion, at: middleOf(view) });
      const [id] = added.ids;
      if (id === undefined) {
        session.announce(`The document is full: it has ${formatCount(limits.nodes)} nodes.`);
        return;
      }
      const index = wire === undefined ? -1 : wireIndex(added.graph, wire);
      const spliced = insertIntoWire(added.graph, index, id);
      editor.commit(`Add ${entry.title}`, () => spliced);
      session.select(added.ids);
      session.announce(`Added ${entry.title}`);
      // Once the canvas has laid it out.
      requestAnimationFrame(() => view.show(added.ids));
      if (findMisplaced(spliced, [id]).length > 0) session.setState({ offer: [id] });
    },
    [editor, session, view],
  );
}
