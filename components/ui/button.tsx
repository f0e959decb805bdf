import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classes } from './classes';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  readonly size?: 'sm' | 'md';
}

/** A button with words on it. For one with only a picture, see IconButton. */
export function Button({ variant = 'secondary', size = 'md', className, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classes(styles.button, styles[variant], styles[size], className)}
    />
  );
}
