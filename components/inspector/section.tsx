import type { ReactNode } from 'react';
import styles from './inspector.module.css';

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  );
}

/** What is seldom needed: folded unless `isOpen` when it is first shown. */
export function Folded(props: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className={styles.folded} open={props.isOpen}>
      <summary className={styles.heading}>{props.title}</summary>
      {props.children}
    </details>
  );
}

/** A figure and what it is. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <span>{name}</span>
      <b>{children}</b>
    </div>
  );
}

/** Name and subtitle of what is selected. */
export function Heading({ title, subtitle }: { readonly title: ReactNode; readonly subtitle: ReactNode }) {
  return (
    <header className={styles.top}>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.subtitle}>{subtitle}</p>
    </header>
  );
}

/** A row with a control of the caller's own. */
export function Row(props: {
  readonly label: string;
  readonly id: string;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  return (
    <div className={props.wide ? styles.wideRow : styles.row}>
      <label htmlFor={props.id} className={styles.label}>
        {props.label}
      </label>
      <div className={styles.control}>{props.children}</div>
    </div>
  );
}
