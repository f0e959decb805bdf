import type { ComponentProps } from 'react';
import { classes } from './classes';
import styles from './input.module.css';

export interface InputProps extends Omit<ComponentProps<'input'>, 'size'> {
  readonly size?: 'sm' | 'md';
}

/** A line of text. */
export function Input({ className, size = 'md', type, ...rest }: InputProps) {
  return <input {...rest} type={type ?? 'text'} className={classes(styles.input, styles[size], className)} />;
}
