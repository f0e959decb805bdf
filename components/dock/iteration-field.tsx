'use client';
import { useState } from 'react';
import { formatCount } from '@/lib/util/format-count';
import { parseIterations } from './parse-iterations';
import styles from './timeline.module.css';

/** The iteration that is shown, as a number to type. Enter or leaving it moves there, Escape takes it back. */
export function IterationField(props: {
  readonly value: number;
  readonly isDisabled: boolean;
  readonly onChange: (iteration: number) => void;
}) {
  const { value, isDisabled, onChange } = props;
  const [draft, setDraft] = useState<string>();
  const parsed = draft === undefined ? value : parseIterations(draft, 0);
  const commit = () => {
    if (parsed !== undefined && parsed !== value) onChange(parsed);
    setDraft(undefined);
  };
  return (
    <input
      className={styles.field}
      aria-label="Iteration to show"
      aria-invalid={parsed === undefined}
      inputMode="numeric"
      disabled={isDisabled}
      value={draft ?? formatCount(value)}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(undefined);
        event.stopPropagation();
      }}
    />
  );
}
