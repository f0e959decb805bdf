'use client';
import { TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import styles from './banner.module.css';
import { useTraining } from './training-context';

/** The graph is broken and the last good plan trains on. */
export function Banner({ onShowProblems }: { readonly onShowProblems: () => void }) {
  const errors = useTraining((state) => state.staleErrors);
  const runs = useTraining(({ status }) => status.type === 'running' || status.type === 'paused');
  if (errors === 0 || !runs) return null;
  return (
    <div className={styles.banner} role="status">
      <TriangleAlert size={14} aria-hidden />
      <span>
        The graph has {errors === 1 ? 'an error' : `${errors} errors`}. Training goes on with the last version
        that worked.
      </span>
      <Button size="sm" variant="ghost" onClick={onShowProblems}>
        Show
      </Button>
    </div>
  );
}
