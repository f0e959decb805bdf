'use client';
import { useEditor, useStores } from '@/components/hooks/stores';
import { setSettings } from '@/lib/edit/set';
import styles from './transport.module.css';
import { useIterations } from './use-iterations';

/** The target iteration, part of the document. */
export function TargetField() {
  const { editor } = useStores();
  const target = useEditor((state) => state.graph.settings.iterations);
  const box = useIterations(target, 1, (iterations) =>
    editor.commit('Change target iterations', (graph) => setSettings(graph, { iterations })),
  );
  return (
    <input
      {...box}
      className={styles.target}
      aria-label="Target iterations"
      style={{ width: `${Math.max(4, box.value.length) + 1.5}ch` }}
    />
  );
}
