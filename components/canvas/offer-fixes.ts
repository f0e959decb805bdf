import type { Stores } from '@/components/hooks/stores';
import { checkedOf } from '@/lib/edit/checked-of';
import { wireOffer } from '@/lib/edit/wire-fixes';
import { wireKeys } from '@/lib/edit/wire-keys';
import type { Wire } from '@/lib/graph/schema';
import type { Point } from '@/lib/layout/boxes';

/** Offers what fixes a wire that was just drawn, where it was let go; nothing where it is right. */
export function offerFixes({ editor, session }: Stores, wire: Wire, at: Point | undefined): void {
  const { shown: graph } = editor.getState();
  const index = graph.wires.findLastIndex(([from, to]) => from === wire[0] && to === wire[1]);
  const key = wireKeys(graph.wires)[index];
  if (!at || key === undefined || !wireOffer(checkedOf(graph), index)) return;
  session.setState({ wireOffer: { wire: key, at } });
}
