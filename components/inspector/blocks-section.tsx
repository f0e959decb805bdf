import { Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { IconButton } from '@/components/ui/icon-button';
import { countUses, removeBlock } from '@/lib/edit/blocks';
import { quantity } from '@/lib/util/sentence';
import styles from './inspector.module.css';
import { Section } from './section';

/** The document's blocks and the user's own: what there is, and what can go. */
export function BlocksSection() {
  const { editor, mine } = useStores();
  const { graph } = useChecked();
  const kept = useStore(mine);
  useEffect(() => void mine.load(), [mine]);
  return (
    <>
      {graph.blocks.length > 0 ? (
        <Section title="Blocks of this graph">
          {graph.blocks.map(({ id, name }) => {
            const uses = countUses(graph, id);
            return (
              <div key={id} className={styles.item}>
                <span>{name}</span>
                {uses > 0 ? (
                  <b>{quantity(uses, 'use')}</b>
                ) : (
                  <IconButton
                    size="sm"
                    side="left"
                    icon={Trash2}
                    label={`Delete ${name}`}
                    onClick={() => editor.commit(`Delete ${name}`, (before) => removeBlock(before, id))}
                  />
                )}
              </div>
            );
          })}
        </Section>
      ) : null}
      {kept.length > 0 ? (
        <Section title="My blocks">
          {kept.map(({ id, name }) => (
            <div key={id} className={styles.item}>
              <span>{name}</span>
              <IconButton
                size="sm"
                side="left"
                icon={Trash2}
                label={`Delete ${name} from My blocks`}
                onClick={() => void mine.remove(id)}
              />
            </div>
          ))}
        </Section>
      ) : null}
    </>
  );
}
