import { X } from 'lucide-react';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { IconButton } from '@/components/ui/icon-button';
import { titleOf } from '@/lib/check/names';
import styles from './enlarged.module.css';
import { Picture } from './picture';

/** One view over the whole canvas, until Escape or its button. */
export function Enlarged() {
  const { session } = useStores();
  const id = useSession((state) => state.enlarged);
  const checked = useChecked();
  const found = id === undefined ? undefined : checked.nodes.get(id);
  if (!found || id === undefined) return null;
  const title = titleOf(found, checked);
  const close = () => session.setState({ enlarged: undefined });
  return (
    <section
      className={styles.enlarged}
      aria-label={`${title}, enlarged`}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') close();
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <IconButton icon={X} label="Back to the graph" shortcut="Escape" autoFocus onClick={close} />
      </header>
      <Picture node={id} title={title} />
    </section>
  );
}
