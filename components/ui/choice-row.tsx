import { type ReactNode, useId } from 'react';
import styles from './choice-row.module.css';

/** A choice in a dialog: its label, and beside it what it is chosen by. */
export function ChoiceRow(props: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
    </div>
  );
}
