import { Wordmark } from '@/components/ui/wordmark';
import styles from './class-view.module.css';

/** The class view’s outline, which stands while its code arrives. */
export function ClassShell() {
  return (
    <div className={styles.page} aria-busy>
      <header className={styles.top}>
        <Wordmark />
        <h1 className="visually-hidden">Lesson</h1>
      </header>
      <div className={styles.lesson} />
      <main className={styles.run}>
        <p role="status" className="visually-hidden">
          Opening the lesson
        </p>
      </main>
    </div>
  );
}
