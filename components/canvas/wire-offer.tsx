import { Trash2, Wrench } from 'lucide-react';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { type Menu, MenuAt, type MenuEntry } from '@/components/ui/menu';
import { applyFix } from '@/lib/edit/apply-fix';
import { disconnect } from '@/lib/edit/connect';
import { wireOffer } from '@/lib/edit/wire-fixes';
import { wireIndex } from '@/lib/edit/wire-keys';

/** At a wire that was let go where it does not fit: why, and what fixes it in one step. */
export function WireOffer() {
  const { editor, session } = useStores();
  const offered = useSession((state) => state.wireOffer);
  const entries = useWireFixes(offered?.wire);
  const close = () => session.setState({ wireOffer: undefined });
  if (!offered || entries.length === 0) return null;
  const { wire } = offered;
  const remove: MenuEntry = {
    label: 'Remove the wire',
    icon: Trash2,
    onSelect: () => editor.commit('Remove wire', (graph) => disconnect(graph, [wireIndex(graph, wire)])),
  };
  return <MenuAt at={offered.at} entries={[...entries, remove]} label="Fix the wire" onClose={close} />;
}

/** The reason, and a command for each fix; nothing for a wire that is right. */
export function useWireFixes(wire: string | undefined): Menu {
  const { editor, session } = useStores();
  const checked = useChecked();
  if (wire === undefined) return [];
  const index = wireIndex(checked.graph, wire);
  const offer = wireOffer(checked, index);
  if (!offer) return [];
  return [
    { type: 'note', label: offer.reason },
    ...offer.fixes.map((fix) => ({
      label: fix.label,
      icon: Wrench,
      onSelect: () => {
        editor.commit(fix.label, (graph) => applyFix(graph, fix));
        session.announce(`${fix.label}: done`);
      },
    })),
  ];
}
