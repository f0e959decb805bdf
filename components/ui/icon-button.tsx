import type { LucideIcon } from 'lucide-react';
import type { ButtonProps } from './button';
import styles from './button.module.css';
import { classes } from './classes';
import { Tooltip } from './tooltip';

interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  /** Its name, for the tooltip and for screen readers. */
  readonly label: string;
  readonly icon: LucideIcon;
  /** Shown in the tooltip: `⌘Z`. */
  readonly shortcut?: string;
  readonly pressed?: boolean;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A button with a picture, named by its tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, icon: Icon, shortcut, pressed, side, variant, size, className, ...rest } = props;
  return (
    <Tooltip label={label} shortcut={shortcut} side={side}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={classes(
          styles.button,
          styles[variant ?? 'ghost'],
          styles[size ?? 'md'],
          styles.icon,
          className,
        )}
      >
        <Icon size={size === 'sm' ? 14 : 16} aria-hidden />
      </button>
    </Tooltip>
  );
}
