'use client';
import { useSaveStatus } from '@/components/editor/autosave-context';
import { Tooltip } from '@/components/ui/tooltip';
import styles from './saved-state.module.css';

/** Whether the document is kept in this browser. */
export function SavedState() {
  const { status, reason } = useSaveStatus();
  if (status === 'failed')
    return (
      <Tooltip label={`${reason ?? 'The browser did not allow it'}. Save it as a file from the File menu.`}>
        <span className={styles.failed} role="alert">
          not saved
        </span>
      </Tooltip>
    );
  return (
    <Tooltip label="Kept in this browser; nothing is uploaded">
      <span className={styles.state}>{status === 'saved' ? 'saved' : 'saving …'}</span>
    </Tooltip>
  );
}
