import styles from './editor.module.css';

/** The editor's outline, which stands while its code arrives. */
export function Shell() {
  return (
    <div className={styles.editor} role="status" aria-label="Opening the editor">
      <div className={`${styles.top} ${styles.topShell}`} />
      <div className={`${styles.panel} ${styles.left}`} />
      <div className={styles.canvas} />
      <div className={`${styles.panel} ${styles.right}`} />
    </div>
  );
}
