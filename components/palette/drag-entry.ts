import { findDefinition } from '@/lib/nodes/registry';
import type { Entry } from './entries';

/** What a dragged palette entry is on its way to the canvas. */
export const ENTRY_TYPE = 'application/x-ganvas-kind';

/** The entry that was dropped, or undefined: another page may have put anything there. */
export function readEntry(data: DataTransfer): Pick<Entry, 'kind' | 'params' | 'title'> | undefined {
  try {
    const value = JSON.parse(data.getData(ENTRY_TYPE)) as Partial<Entry>;
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
