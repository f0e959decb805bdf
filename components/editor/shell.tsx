import styles from './editor.module.css';

/** The editor's outline, which stands while its code arrives. */
export function Shell() {
  return (
    <div className={styles.editor} aria-busy>
      <div className={`${styles.top} ${styles.topShell}`} />
      <div className={`${styles.panel} ${styles.left}`} />
      <main className={styles.canvas}>
        <h1 className="visually-hidden">Editor</h1>
        <p role="status" className="visually-hidden">
          Opening the editor
        </p>
      </main>
      <div className={`${styles.panel} ${styles.right}`} />
    </div>
  );
}
