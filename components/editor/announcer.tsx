'use client';
import { useEffect, useRef } from 'react';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import styles from './editor.module.css';

/** What happens, for screen readers: messages as they come, and problems when their number changes. */
export function Announcer() {
  const { session } = useStores();
  const { text, count } = useSession((state) => state.announcement);
  const { diagnostics } = useChecked();
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const before = useRef(errors.length);
  const first = errors[0]?.message;
  useEffect(() => {
    if (before.current === errors.length) return;
    before.current = errors.length;
    session.announce(
      errors.length === 0
        ? 'No problems'
        : `${errors.length} problems. ${first ?? ''}`.replace(/^1 problems/, '1 problem'),
    );
  }, [errors.length, first, session]);
  return (
    <div className={styles.announcer} aria-live="polite" aria-atomic="true">
      {/* A new element is read again even where the text is the same. */}
      <span key={count}>{text}</span>
    </div>
  );
}
