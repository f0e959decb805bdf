'use client';

import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { Name, Words } from '@/components/canvas/words';
import { useMissingData } from '@/components/data/needed-data';
import { useStores } from '@/components/hooks/stores';
import { useChecked, usePlain } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import type { Checked } from '@/lib/check/checked';
import { nameOf } from '@/lib/check/names';
import { applyFix } from '@/lib/edit/apply-fix';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { Failures, useFailures } from './failures';
import styles from './problems-panel.module.css';
import { useTraining } from './training-context';

const icons = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const words = { error: 'Error', warning: 'Warning', info: 'Advice' } as const;

/** What the check and the run complain of: where, why, and what to do about it. */
export function useProblems(): readonly Diagnostic[] {
  const { diagnostics } = useChecked();
  const status = useTraining((state) => state.status);
  const refused = useTraining((state) => state.refused);
  const missing = useMissingData();
  const failures = useFailures();
  const ofRun = status.type === 'failed' ? [status.diagnostic] : refused ? [refused] : [];
  const all = [...missing, ...diagnostics];
  // A game that fits nowhere is refused by the check too; once is enough.
  const isKnown = ({ code, message }: Diagnostic) =>
    all.some((known) => known.code === code) || failures.some((known) => known.message === message);
  return [...ofRun.filter((diagnostic) => !isKnown(diagnostic)), ...all];
}

export function ProblemsPanel() {
  const problems = useProblems();
  const checked = usePlain();
  const failures = useFailures();
  if (problems.length + failures.length === 0)
    return <p className={styles.none}>No problems. This game can be trained as it stands.</p>;
  const list = (some: readonly Diagnostic[]) =>
    some.map((diagnostic, i) => (
      <Problem key={`${diagnostic.code}-${diagnostic.node ?? ''}-${i}`} of={diagnostic} checked={checked} />
    ));
  // What stops a run comes first.
  return (
    <ul className={styles.list}>
      {list(problems.filter(({ severity }) => severity === 'error'))}
      <Failures />
      {list(problems.filter(({ severity }) => severity !== 'error'))}
    </ul>
  );
}

function Problem({ of: diagnostic, checked }: { readonly of: Diagnostic; readonly checked: Checked }) {
  const { editor, session } = useStores();
  const { severity, message, hint, at: node = diagnostic.node, parts, fix } = diagnostic;
  const Icon = icons[severity];
  const isNamed = parts?.message.some((part) => typeof part !== 'string' && part.id === node);
  return (
    <li className={styles.problem} data-severity={severity}>
      <Icon size={15} aria-label={words[severity]} className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.message}>
          {node && !isNamed ? (
            <>
              <Name of={{ id: node, name: nameOf(checked, node) }} />:{' '}
            </>
          ) : null}
          <Words text={message} parts={parts?.message} />
        </p>
        {hint ? (
          <p className={styles.hint}>
            <Words text={hint} parts={parts?.hint} />
          </p>
        ) : null}
      </div>
      {fix ? (
        <Button
          size="sm"
          onClick={() => {
            editor.commit(fix.label, (graph) => applyFix(graph, fix));
            session.announce(`${fix.label}: done`);
          }}
        >
          {fix.label}
        </Button>
      ) : null}
    </li>
  );
}
