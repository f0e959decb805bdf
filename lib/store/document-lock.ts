/** One tab per document: a Web Lock that is held as long as the document is open. */
export interface DocumentLock {
  /**
   * True where the document is now this tab's alone; what was held before is let go. `isOwn` says that this tab
   * had it open until now: then whoever holds it is the page that this one replaces, and is not asked.
   */
  claim(id: string, isOwn?: boolean): Promise<boolean>;
  /** Lets go of what is held. */
  release(): void;
}

/** How long somebody else's page is waited for, which may just be closing. */
const PATIENCE_MS = 1_000;

type Locks = Pick<LockManager, 'request'>;
type Release = () => void;

/** Without Web Locks every claim is granted; a save then finds what another tab wrote (documents.ts). */
export function createDocumentLock(locks: Locks | undefined, patience = PATIENCE_MS): DocumentLock {
  let held: { readonly id: string; readonly release: Release } | undefined;
  /** Claims follow each other, so that the last one is what is held. */
  let claiming: Promise<unknown> = Promise.resolve();

  async function claim(id: string, isOwn: boolean): Promise<boolean> {
    if (held?.id === id || !locks) return true;
    const request = (options: LockOptions) =>
      requestLock(locks, `ganvas-document-${id}`, options, () => {
        if (held?.id === id) held = undefined;
      });
    // A page that is busy opening hears of a grant late: time counts only where somebody else has the lock.
    const release =
      (await request({ ifAvailable: true })) ??
      (isOwn
        ? await request({ steal: true })
        : ((await request({ signal: AbortSignal.timeout(patience) })) ??
          (await request({ ifAvailable: true }))));
    if (!release) return false;
    held?.release();
    held = { id, release };
    return true;
  }

  return {
    claim(id, isOwn = false) {
      const claimed = claiming.then(() => claim(id, isOwn));
      claiming = claimed;
      return claimed;
    },
    release() {
      claiming = claiming.then(() => {
        held?.release();
        held = undefined;
      });
    },
  };
}

/** A function that lets go; undefined where another page has the lock. Where locks are forbidden nobody has one. */
function requestLock(
  locks: Locks,
  name: string,
  options: LockOptions,
  onStolen: () => void,
): Promise<Release | undefined> {
  return new Promise((resolve) => {
    let isGranted = false;
    const hold = (lock: Lock | null) => {
      if (!lock) return resolve(undefined);
      isGranted = true;
      return new Promise<void>((release) => resolve(release));
    };
    locks.request(name, options, hold).catch((error: unknown) => {
      if (isGranted) onStolen();
      else resolve(error === options.signal?.reason ? undefined : () => {});
    });
  });
}
