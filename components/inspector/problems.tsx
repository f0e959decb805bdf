import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { Words } from '@/components/canvas/words';
import { useStores } from '@/components/hooks/stores';
import { classes } from '@/components/ui/classes';
import tones from '@/components/ui/problem.module.css';
import { applyFix } from '@/lib/edit/apply-fix';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import styles from './problems.module.css';

const icons = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;

/** What is wrong here, why, and the change that fixes it. */
export function Problems({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  const { editor, session } = useStores();
  return diagnostics.map((diagnostic, i) => {
    const { severity, message, hint, parts, fix } = diagnostic;
    const Icon = icons[severity];
    return (
      <div key={i} className={classes(tones.problem, tones[severity], styles.problem)}>
        <Icon size={14} aria-label={severity} />
        <p>
          <Words text={message} parts={parts?.message} />{' '}
          {hint ? (
            <span className={tones.hint}>
              <Words text={hint} parts={parts?.hint} />
            </span>
          ) : null}{' '}
          {fix ? (
            <button
              type="button"
              className={styles.fix}
              onClick={() => {
                editor.commit(fix.label, (graph) => applyFix(graph, fix));
                session.announce(`${fix.label}: done`);
              }}
            >
              {fix.label}
            </button>
          ) : null}
        </p>
      </div>
    );
  });
}
