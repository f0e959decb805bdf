import { formatKeys } from '@/components/editor/actions';
import { useEditor, useSession } from '@/components/hooks/stores';
import styles from './offer.module.css';

/** While a layer is dragged past the edge of its frame: what letting go does, and how it gets out. */
export function DropHint() {
  const dropFrame = useSession((state) => state.dropFrame);
  const networks = useEditor((state) => state.shown.networks);
  if (!dropFrame) return null;
  const nameOf = (id: string) => networks.find((network) => network.id === id)?.name ?? id;
  if ('grows' in dropFrame)
    return (
      <div className={styles.offer} role="status">
        {nameOf(dropFrame.grows)} grows. Hold {formatKeys('Mod')} to take it out.
      </div>
    );
  const { leaves, into } = dropFrame;
  return (
    <div className={styles.offer} role="status">
      {into === undefined ? `Leaves ${nameOf(leaves)}.` : `Moves to ${nameOf(into)}.`}
    </div>
  );
}
