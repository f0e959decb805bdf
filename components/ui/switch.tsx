import * as Radix from 'radix-ui/switch';
import { useId } from 'react';
import styles from './switch.module.css';

interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Shown beside it; leave out where `id` is named by a <label>. */
  readonly label?: string;
  readonly id?: string;
  readonly disabled?: boolean;
}

/** On or off, at once. */
export function Switch({ checked, onChange, label, id, disabled = false }: SwitchProps) {
  const ownId = useId();
  const control = (
    <Radix.Root
      id={id ?? ownId}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      className={styles.track}
    >
      <Radix.Thumb className={styles.thumb} />
    </Radix.Root>
  );
  if (!label) return control;
  return (
    <span className={styles.row}>
      {control}
      <label htmlFor={id ?? ownId}>{label}</label>
    </span>
  );
}
