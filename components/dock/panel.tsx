import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import styles from './panel.module.css';

/** One column of the dock. */
export function Panel(props: {
  readonly title: string;
  /** Read out in place of the title. */
  readonly label?: string;
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  /** It is a picture: in a low dock its title stands beside it. */
  readonly isPicture?: boolean;
  readonly children: ReactNode;
}) {
  const { title, label = title, aside, className, isPicture, children } = props;
  return (
    <section className={classes(styles.panel, isPicture && styles.beside, className)} aria-label={label}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {aside ? <div className={styles.aside}>{aside}</div> : null}
      </header>
      {children}
    </section>
  );
}
