import type { Diagnostic } from '@/lib/graph/diagnostic';
import styles from './problem-list.module.css';

/** Why a document does not open, each with its place in the JSON. */
export function ProblemList({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  return (
    <ul className={styles.list}>
      {diagnostics.map(({ message, hint, path, code }, i) => (
        <li key={`${code}-${i}`} className={styles.problem}>
          {path ? <code className={styles.path}>{path}</code> : null}
          <p>{path && message.startsWith(`At ${path}: `) ? message.slice(path.length + 5) : message}</p>
          {hint ? <p className={styles.hint}>{hint}</p> : null}
        </li>
      ))}
    </ul>
  );
}
