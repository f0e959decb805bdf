import type { ComponentProps } from 'react';

/** What scrolls by itself and may hold nothing that takes the focus: keys reach it too. */
export function ScrollRegion({ label, ...props }: ComponentProps<'section'> & { readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section aria-label={label} tabIndex={0} {...props} />
  );
}
