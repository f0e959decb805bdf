'use client';
import styles from './timeline.module.css';
import { useIterations } from './use-iterations';

/** The iteration that is shown, as a number to type. */
export function IterationField(props: {
  readonly value: number;
  readonly isDisabled: boolean;
  readonly onChange: (iteration: number) => void;
}) {
  const { value, isDisabled, onChange } = props;
  const box = useIterations(value, 0, onChange);
  return <input {...box} className={styles.field} aria-label="Iteration to show" disabled={isDisabled} />;
}
