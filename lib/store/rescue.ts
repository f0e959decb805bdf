import { parseDocumentValue } from '@/lib/check/parse';
import { type DocumentWrite, NO_REVISION } from './documents';
import type { KeptHistory } from './kept-history';

/**
 * What a closing page has no time to give to IndexedDB, written at once to localStorage. A write stays there
 * until it is known to have arrived; whoever opens the editor next brings it in. Pages touch only their own.
 */
export interface Rescue {
  /** In place of what this page put for the document before. */
  put(write: Rescued): void;
  /** Takes away what this page put for the document. */
  remove(id: string): void;
  /** All that are left, of any page. */
  all(): readonly Left[];
}

type Rescued = Pick<DocumentWrite, 'id' | 'graph' | 'revision' | 'replaces' | 'history'>;

interface Left {
  /** Undefined where it cannot be read. */
  readonly write: Rescued | undefined;
  remove(): void;
}

const PREFIX = 'ganvas-rescue:';

export type RescueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Storage that is full or forbidden rescues nothing; IndexedDB may still have had the time. */
export function createRescue(storage: () => RescueStorage): Rescue {
  const own = new Map<string, string>();
  const attempt = <T>(task: (storage: RescueStorage) => T): T | undefined => {
    try {
      return task(storage());
    } catch {
      return undefined;
    }
  };
  const removeKey = (key: string) => attempt((store) => store.removeItem(key));

  function remove(id: string): void {
    const key = own.get(id);
    if (key) removeKey(key);
    own.delete(id);
  }

  return {
    put({ id, graph, revision, replaces, history }) {
      remove(id);
      const key = `${PREFIX}${id}:${revision}`;
      own.set(id, key);
      // Where there is no room for both, the document alone.
      for (const more of [{ history }, {}]) {
        const text = JSON.stringify({ id, graph, revision, replaces, ...more });
        if (attempt((store) => store.setItem(key, text) ?? true)) return;
      }
    },
    remove,
    all() {
      const keys = attempt((store) => Array.from({ length: store.length }, (_, i) => store.key(i))) ?? [];
      return keys
        .filter((key) => key !== null)
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => ({
          write: read(key, attempt((store) => store.getItem(key)) ?? ''),
          remove: () => void removeKey(key),
        }));
    },
  };
}

function read(key: string, text: string): Rescued | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const fields = (value ?? {}) as { readonly [name: string]: unknown };
  // Before there were revisions, the document was all that was written, under its id.
  const { id = key.slice(PREFIX.length), graph = value, revision = key, replaces = [NO_REVISION] } = fields;
  const result = parseDocumentValue(graph);
  if (!result.ok || typeof id !== 'string' || typeof revision !== 'string') return undefined;
  const seen = Array.isArray(replaces) ? replaces.filter((word) => typeof word === 'string') : [];
  const history = fields.history as KeptHistory | undefined;
  return { id, graph: result.graph, revision, replaces: seen, ...(history && { history }) };
}
