/** As much of localStorage as is used. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** At which iteration each document's checkpoint stands, so that a page knows without starting a worker. */
export interface KeptRuns {
  get(documentId: string): number;
  set(documentId: string, iteration: number): void;
}

const keyOf = (documentId: string) => `ganvas-kept:${documentId}`;

export const keptRuns = (storage: KeyValue): KeptRuns => ({
  get(documentId) {
    const value = Number(storage.getItem(keyOf(documentId)));
    return Number.isSafeInteger(value) && value > 0 ? value : 0;
  },
  set(documentId, iteration) {
    if (!documentId) return;
    if (iteration > 0) storage.setItem(keyOf(documentId), String(iteration));
    else storage.removeItem(keyOf(documentId));
  },
});

/** localStorage, or memory where the browser forbids it or it is full. */
export function safeStorage(): KeyValue {
  const memory = new Map<string, string>();
  const attempt = <T>(real: () => T, fallback: () => T): T => {
    try {
      return real();
    } catch {
      return fallback();
    }
  };
  return {
    getItem: (key) =>
      memory.get(key) ??
      attempt(
        () => localStorage.getItem(key),
        () => null,
      ),
    setItem(key, value) {
      attempt(
        () => localStorage.setItem(key, value),
        () => void memory.set(key, value),
      );
    },
    removeItem(key) {
      memory.delete(key);
      attempt(
        () => localStorage.removeItem(key),
        () => {},
      );
    },
  };
}
