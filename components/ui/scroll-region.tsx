import type { ReactNode } from 'react';

/** What scrolls by itself and holds nothing that takes the focus: keys reach it too. */
export function ScrollRegion(props: {
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}) {
  const { label, className, children } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section aria-label={label} className={className} tabIndex={0}>
      {children}
    </section>
  );
}
