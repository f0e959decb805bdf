/** One tab per document: a Web Lock that is held as long as the document is open. */
export interface DocumentLock {
  /** True where the document is now this tab's alone; what was held before is let go. */
  claim(id: string): Promise<boolean>;
}

/** A page that is being reloaded lets go a moment after its successor asks. */
const PATIENCE_MS = 400;

type Locks = Pick<LockManager, 'request'>;

/** Without Web Locks every claim is granted: two tabs may then overwrite each other, as ever without locks. */
export function createDocumentLock(locks: Locks | undefined, patience = PATIENCE_MS): DocumentLock {
  let held: { readonly id: string; readonly release: () => void } | undefined;
  return {
    async claim(id) {
      if (held?.id === id || !locks) return true;
      const release = await hold(locks, `ganvas-document-${id}`, patience);
      if (!release) return false;
      held?.release();
      held = { id, release };
      return true;
    },
  };
}

/** A function that lets go, or undefined where another tab holds it and goes on holding it. */
function hold(locks: Locks, name: string, patience: number): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const timeout = AbortSignal.timeout(patience);
    locks
      .request(name, { signal: timeout }, () => new Promise<void>((release) => resolve(() => release())))
      // Aborted, or forbidden; where locks are forbidden nobody else holds one.
      .catch((error: unknown) =>
        resolve(error instanceof DOMException && error.name === 'TimeoutError' ? undefined : () => {}),
      );
  });
}
