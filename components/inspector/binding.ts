import type { Json } from '@/lib/graph/schema';
import type { Edit } from '@/lib/store/editor';

/** Where a parameter's value is kept, and how it is changed. */
export interface Binding {
  readonly value: unknown;
  /** All parameters beside it, for what depends on them. */
  readonly params: Readonly<Record<string, unknown>>;
  edit(value: Json): Edit;
}
