import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatCount } from '@/lib/util/format-count';
import styles from './past-note.module.css';
import { useTrainingStore } from './training-context';

/** The iteration that everything shows; undefined: the newest. */
export const useCursor = (): number | undefined =>
  useStore(useTrainingStore().timeline, (state) => state.cursor);

/** What is known of an iteration that is over, in the place of what is live. */
export function PastNote({ children }: { readonly children: ReactNode }) {
  const cursor = useCursor();
  if (cursor === undefined) return null;
  return (
    <p className={styles.note} role="status" data-testid="past-note">
      The timeline is at iteration {formatCount(cursor)}. {children}
    </p>
  );
}
