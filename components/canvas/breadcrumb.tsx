import { ChevronRight, CornerLeftUp } from 'lucide-react';
import { Panel } from 'reactflow';
import { useEditor, useStores } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import { IconButton } from '@/components/ui/icon-button';
import { joinIds } from '@/lib/check/blocks/plain-id';
import styles from './breadcrumb.module.css';

/** The way into the block that is shown, and back out. */
export function Breadcrumb() {
  const { editor, session } = useStores();
  const path = useEditor((state) => state.path);
  const title = useEditor((state) => state.graph.title);
  const { uses } = usePlain();
  if (path.length === 0) return null;
  const go = (depth: number) => {
    session.select(path.slice(depth, depth + 1));
    editor.enter(path.slice(0, depth));
  };
  const names = path.map((id, i) => uses.get(joinIds(path.slice(0, i), id))?.name ?? id);
  return (
    <Panel position="top-left">
      <nav className={styles.way} aria-label="Blocks">
        <IconButton
          size="sm"
          side="bottom"
          label="Leave the block"
          icon={CornerLeftUp}
          shortcut="U"
          onClick={() => go(path.length - 1)}
        />
        {[title || 'Untitled', ...names].map((name, depth) => (
          <span key={depth} className={styles.step}>
            {depth > 0 ? <ChevronRight size={13} aria-hidden /> : null}
            {depth === path.length ? (
              <b aria-current="location">{name}</b>
            ) : (
              <button type="button" onClick={() => go(depth)}>
                {name}
              </button>
            )}
          </span>
        ))}
      </nav>
    </Panel>
  );
}
