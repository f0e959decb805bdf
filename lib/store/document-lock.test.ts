import { expect, test } from 'vitest';
import { createDocumentLock } from './document-lock';

/** As much of the browser's lock manager as is used: one holder a name, waiting until a signal aborts. */
function fakeLocks() {
  const held = new Map<string, Promise<unknown>>();
  const request = async (
    name: string,
    { signal }: { signal: AbortSignal },
    hold: () => Promise<unknown>,
  ): Promise<void> => {
    while (held.has(name)) {
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
      await Promise.race([held.get(name), aborted]);
    }
    const holding = hold();
    held.set(name, holding);
    await holding;
    held.delete(name);
  };
  return { request } as unknown as LockManager;
}

test('one document is one tab’s, until it opens another', async () => {
  const locks = fakeLocks();
  const first = createDocumentLock(locks, 20);
  const second = createDocumentLock(locks, 20);
  expect(await first.claim('a')).toBe(true);
  expect(await first.claim('a')).toBe(true);
  expect(await second.claim('a')).toBe(false);
  expect(await first.claim('b')).toBe(true);
  expect(await second.claim('a')).toBe(true);
});

test('a page that is just being left is waited for', async () => {
  const locks = fakeLocks();
  const leaving = createDocumentLock(locks, 20);
  await leaving.claim('a');
  const claimed = createDocumentLock(locks, 2_000).claim('a');
  await leaving.claim('elsewhere');
  expect(await claimed).toBe(true);
});

test('without Web Locks every claim is granted', async () => {
  expect(await createDocumentLock(undefined).claim('a')).toBe(true);
});
