import Link from 'next/link';
import { ThemeToggle } from '../ui/theme-toggle';
import { Wordmark } from '../ui/wordmark';
import styles from './site-header.module.css';

/** Over the pages that are not the editor. */
export function SiteHeader() {
  return (
    <header className={styles.header}>
      <Wordmark />
      <nav className={styles.nav} aria-label="Places">
        <Link href="/edit" prefetch={false}>
          Editor
        </Link>
        <Link href="/docs" prefetch={false}>
          Reference
        </Link>
        <ThemeToggle />
      </nav>
    </header>
  );
}
