import Link from 'next/link';
import { SiteHeader } from '@/components/gallery/site-header';
import styles from './page.module.css';

export default function NotFound() {
  return (
    <div className={styles.page}>
      <SiteHeader />
      <main className={styles.lost}>
        <h1>This page does not exist.</h1>
        <p>
          The <Link href="/">gallery</Link> shows every system; the <Link href="/edit">editor</Link> has your
          own work.
        </p>
      </main>
    </div>
  );
}
