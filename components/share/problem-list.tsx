import { classes } from '@/components/ui/classes';
import tones from '@/components/ui/problem.module.css';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import styles from './problem-list.module.css';
import { Snippet } from './snippet';

/** Why a document does not open, each with its path in the JSON. */
export function ProblemList({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  return (
    <ul className={styles.list}>
      {diagnostics.map(({ message, hint, snippet, path, code, severity }, i) => (
        <li key={`${code}-${i}`} className={classes(tones.problem, tones[severity], styles.problem)}>
          {path ? <code className={styles.path}>{path}</code> : null}
          <p>{path && message.startsWith(`At ${path}: `) ? message.slice(path.length + 5) : message}</p>
          {hint ? <p className={tones.hint}>{hint}</p> : null}
          {snippet ? <Snippet code={snippet} /> : null}
        </li>
      ))}
    </ul>
  );
}
