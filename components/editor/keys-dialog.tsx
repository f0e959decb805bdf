'use client';
import { useSession, useStores } from '@/components/hooks/stores';
import { Dialog } from '@/components/ui/dialog';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { formatKeys } from './actions';
import { useActions } from './actions-context';
import { groupActions } from './command-palette';
import styles from './editor.module.css';

/** Keys that are no action: they depend on what is focused. */
const others = [
  ['Move the selection', 'Arrows'],
  ['Move it further', 'Shift+Arrows'],
  ['Go from node to node', 'Tab'],
  ['Open a node in the inspector', 'Enter'],
  ['Wire a focused port', 'Enter'],
  ['Add to the selection', 'Shift+Click'],
  ['Select a region', 'Shift+Drag'],
] as const;

/** All keys, from the same list that obeys them. */
export function KeysDialog() {
  const { session } = useStores();
  const open = useSession((state) => state.dialog === 'keys');
  const actions = useActions();
  if (!open) return null;
  const row = (label: string, keys: string) => (
    <div key={label} className={styles.keyRow}>
      {label}
      <kbd className={styles.kbd}>{formatKeys(keys)}</kbd>
    </div>
  );
  return (
    <Dialog open onOpenChange={() => session.setState({ dialog: undefined })} title="Keyboard" width={600}>
      <ScrollRegion label="Keys" className={styles.keys}>
        {[...groupActions(actions.filter(({ keys }) => keys?.length))].map(([group, members]) => (
          <section key={group}>
            <h3 className={styles.keysHeading}>{group}</h3>
            {members.map(({ label, keys }) => row(label, keys?.[0] ?? ''))}
          </section>
        ))}
        <section>
          <h3 className={styles.keysHeading}>Canvas</h3>
          {others.map(([label, keys]) => row(label, keys))}
        </section>
      </ScrollRegion>
    </Dialog>
  );
}
