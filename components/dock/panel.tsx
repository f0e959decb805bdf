import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import styles from './panel.module.css';

/** One column of the dock. */
export function Panel(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const { title, aside, className, children } = props;
  return (
    <section className={classes(styles.panel, className)} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {aside ? <div className={styles.aside}>{aside}</div> : null}
      </header>
      {children}
    </section>
  );
}
