'use client';
import { useEditor, useSession } from '@/components/hooks/stores';
import styles from './dock-tabs.module.css';
import { useFailures } from './failures';
import { useProblems } from './problems-panel';

export type DockTab = 'training' | 'xray' | 'latent' | 'runs' | 'data' | 'problems' | 'lesson';

/** What the dock shows. `tab` is undefined while it is collapsed. */
export function DockTabs(props: {
  readonly tab: DockTab | undefined;
  readonly onChange: (tab: DockTab) => void;
}) {
  const { tab, onChange } = props;
  const problems = useProblems();
  const failures = useFailures();
  const opened = useSession((state) => state.xrays.length);
  const hasLesson = useEditor((state) => state.graph.about.trim() !== '');
  const found = new Set([
    ...problems.map(({ severity }) => severity),
    ...failures.map(() => 'warning' as const),
  ]);
  const worst = (['error', 'warning', 'info'] as const).find((level) => found.has(level));
  const tabs = [
    { id: 'training', label: 'Training' },
    { id: 'xray', label: 'X-ray', count: opened },
    { id: 'latent', label: 'Latent' },
    { id: 'runs', label: 'Runs' },
    { id: 'data', label: 'Data' },
    { id: 'problems', label: 'Problems', count: problems.length + failures.length },
    ...(hasLesson ? [{ id: 'lesson', label: 'Lesson' } as const] : []),
  ] as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons that switch a panel, not a form's fields
    <div role="group" aria-label="Dock" className={styles.tabs}>
      {tabs.map(({ id, label, ...rest }) => (
        <button
          key={id}
          type="button"
          className={styles.tab}
          aria-pressed={tab === id}
          onClick={() => onChange(id)}
        >
          {label}
          {'count' in rest && rest.count > 0 ? (
            <span className={styles.count} data-worst={id === 'problems' ? worst : undefined}>
              {rest.count}
            </span>
          ) : null}
        </button>
      ))}
    </div>
  );
}
