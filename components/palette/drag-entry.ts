import { findDefinition } from '@/lib/nodes/registry';
import { networkEntry } from './entries';
import type { Entry } from './entry';

/** What a dragged palette entry is on its way to the canvas. */
export const ENTRY_TYPE = 'application/x-ganvas-kind';

/** What it takes to put an entry on the canvas. */
export type Inserted = Pick<Entry, 'kind' | 'params' | 'title' | 'isNetwork' | 'forBoth' | 'block' | 'clip'>;

/** The entry that was dropped, or undefined: another page may have put anything there. */
export function readEntry(data: DataTransfer, blocks: readonly Entry[]): Inserted | undefined {
  try {
    const value = JSON.parse(data.getData(ENTRY_TYPE)) as Partial<Entry>;
    if (value.isNetwork) return networkEntry;
    const block = blocks.find(({ key }) => key === value.key);
    if (block) return block;
    const definition = findDefinition(String(value.kind));
    if (!definition) return undefined;
    const network = value.params?.network;
    return {
      kind: definition.kind,
      title: definition.title,
      ...(typeof network === 'string' && { params: { network } }),
    };
  } catch {
    return undefined;
  }
}
