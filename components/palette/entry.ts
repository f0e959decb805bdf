import type { SignPaths } from '@/lib/draw/sign';
import type { Graph, Params } from '@/lib/graph/schema';
import type { Place } from '@/lib/nodes/define';

/** What can be inserted: the registry's kinds, a call of each network of the document, and blocks. */
export interface Entry {
  /** Unique, and what the search reads first. */
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly category: string;
  readonly summary: string;
  readonly keywords: readonly string[];
  readonly params?: Params;
  /** One for each cost of a pair. */
  readonly forBoth?: true;
  /** The colour of the network that it calls. */
  readonly color?: string;
  /** Its kind's own drawing, where it has one. */
  readonly sign?: SignPaths | undefined;
  /** A frame, and no node. */
  readonly isNetwork?: true;
  /** The block that it is a use of, and where that may be used. */
  readonly block?: string;
  readonly place?: Place;
  /** Of a block of another document: a use of it, with what it needs. */
  readonly clip?: Graph;
}
