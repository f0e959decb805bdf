'use client';
import { useStore } from 'zustand';
import { Button } from './button';
import { missingStore, notFetched } from './missing';
import styles from './part.module.css';

/** At the page's edge: which parts are not there, and another try for all of them. */
export function MissingNotice() {
  const parts = useStore(missingStore, (state) => state.parts);
  if (parts.length === 0) return null;
  const names = [...new Set(parts.map(({ name }) => name))];
  return (
    <div className={styles.notice} role="alert">
      <p>
        <b>Not there yet: {names.join(', ')}.</b> {notFetched}
      </p>
      <Button onClick={() => parts.forEach(({ retry }) => void retry())}>Try again</Button>
    </div>
  );
}
