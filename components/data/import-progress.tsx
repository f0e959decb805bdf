import { formatSeconds } from '@/components/dock/format';
import styles from './import-dialog.module.css';
import type { ImportState } from './use-import';

/** Seconds before a time is said, and what has to be done by then. */
const SAID_AFTER = 2;
const SAID_FROM = 0.02;

/** How far it is, and how long it will take. */
export function ImportProgress({ of: { step, share, since } }: { readonly of: ImportState }) {
  const seconds = (performance.now() - since) / 1_000;
  const left = seconds > SAID_AFTER && share > SAID_FROM ? (seconds * (1 - share)) / share : undefined;
  const what = step === 'keeping' ? 'Preparing and keeping it' : 'Reading';
  return (
    <div className={styles.progress}>
      <progress aria-label={what} value={share} max={1} />
      <p role="status" className={styles.words}>
        {what}: {Math.round(100 * share)} %{left === undefined ? '' : `, ${formatSeconds(left)} left`}
      </p>
    </div>
  );
}
