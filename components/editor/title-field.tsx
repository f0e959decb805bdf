'use client';
import { useState } from 'react';
import { useEditor, useStores } from '@/components/hooks/stores';
import { setAbout } from '@/lib/edit/set';
import { limits } from '@/lib/graph/schema';
import styles from './title-field.module.css';

/** The document's title. Enter or leaving it commits once, Escape takes it back. */
export function TitleField() {
  const { editor } = useStores();
  const title = useEditor((state) => state.graph.title);
  const [draft, setDraft] = useState<string>();
  const commit = () => {
    const next = draft?.trim();
    if (next && next !== title) editor.commit('Rename', (graph) => setAbout(graph, { title: next }));
    setDraft(undefined);
  };
  return (
    <span className={styles.field} data-text={draft ?? title}>
      <input
        className={styles.input}
        aria-label="Title"
        size={1}
        maxLength={limits.title}
        value={draft ?? title}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') {
            setDraft(undefined);
            event.currentTarget.blur();
          }
        }}
      />
    </span>
  );
}
