'use client';
import { Button } from '@/components/ui/button';
import { isFetchError, notFetched } from '@/components/ui/missing';
import styles from './page.module.css';

/** In place of a page that failed as a whole; its parts have boundaries of their own. */
export default function PageError({ error }: { readonly error: unknown }) {
  const isMissing = isFetchError(error);
  return (
    <div className={styles.page}>
      <main className={styles.lost} role="alert">
        <h1>This page could not be {isMissing ? 'fetched' : 'drawn'}.</h1>
        <p>
          {isMissing ? `${notFetched} ` : ''}Your work is kept in this browser: reload the page to go on with
          it.
        </p>
        {isMissing ? null : <pre>{String(error).slice(0, 400)}</pre>}
        <Button variant="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </main>
    </div>
  );
}
