import type { Graph } from '@/lib/graph/schema';

/** Work that goes on, or is kept, under another name so that nothing is overwritten. */
export interface Copied {
  readonly title: string;
  readonly copy: string;
  /** Another tab has it open; has changed it; trains it; or has changed what was closed here before its last edits were saved. */
  readonly why: 'open' | 'changed' | 'trained' | 'recovered';
}

const withSuffix = (suffix: string) => (graph: Graph) => ({
  ...graph,
  title: `${graph.title.slice(0, 180)} (${suffix})`,
});
export const asCopy = withSuffix('copy');
export const asRecovered = withSuffix('recovered');
