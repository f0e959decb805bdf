'use client';
import { useState } from 'react';
import { useEditor, useStores } from '@/components/hooks/stores';
import { setSettings } from '@/lib/edit/set';
import { formatCount } from '@/lib/util/format-count';
import { parseIterations } from './parse-iterations';
import styles from './transport.module.css';

/** The target iteration, part of the document. Enter or leaving it commits, Escape takes it back. */
export function TargetField() {
  const { editor } = useStores();
  const target = useEditor((state) => state.graph.settings.iterations);
  const [draft, setDraft] = useState<string>();
  const parsed = draft === undefined ? target : parseIterations(draft);
  const commit = () => {
    if (parsed !== undefined && parsed !== target)
      editor.commit('Change target iterations', (graph) => setSettings(graph, { iterations: parsed }));
    setDraft(undefined);
  };
  const text = draft ?? formatCount(target);
  return (
    <input
      className={styles.target}
      aria-label="Target iterations"
      aria-invalid={parsed === undefined}
      inputMode="numeric"
      style={{ width: `${Math.max(4, text.length) + 1.5}ch` }}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(undefined);
        event.stopPropagation();
      }}
    />
  );
}
