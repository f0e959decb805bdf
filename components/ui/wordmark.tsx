import Link from 'next/link';
import styles from './wordmark.module.css';

/** The name, which leads home. */
export function Wordmark() {
  return (
    <Link href="/" className={styles.wordmark} aria-label="Ganvas: back to the gallery" prefetch={false}>
      Gan<span className={styles.accent}>vas</span>
    </Link>
  );
}
