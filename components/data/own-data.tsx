import type { CheckedNode } from '@/lib/check/checked';
import { takesData } from '@/lib/edit/set-data';
import styles from './own-data.module.css';
import { PickButtons } from './pick-buttons';

/** In the inspector of a node that can draw from the user's own data. */
export function OwnData({ checked }: { readonly checked: CheckedNode }) {
  if (!takesData(checked)) return null;
  return (
    <div className={styles.buttons}>
      <PickButtons />
    </div>
  );
}
