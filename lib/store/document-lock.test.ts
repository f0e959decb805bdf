import { expect, test } from 'vitest';
import { createDocumentLock } from './document-lock';
import { fakeLocks } from './testing/locks';

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

test('what was let go is free', async () => {
  const locks = fakeLocks();
  const first = createDocumentLock(locks, 20);
  void first.claim('a');
  first.release();
  expect(await createDocumentLock(locks, 20).claim('a')).toBe(true);
  expect(await first.claim('a')).toBe(false);
});

test('a free document is taken however late a busy page hears of it', async () => {
  const locks = fakeLocks({ answer: () => new Promise((resolve) => setTimeout(resolve, 100)) });
  expect(await createDocumentLock(locks, 20).claim('a')).toBe(true);
  expect([...locks.names()]).toEqual(['ganvas-document-a']);
});

test('a page that is just being left is waited for', async () => {
  const locks = fakeLocks();
  const leaving = createDocumentLock(locks, 20);
  await leaving.claim('a');
  const claimed = createDocumentLock(locks, 2_000).claim('a');
  await leaving.claim('elsewhere');
  expect(await claimed).toBe(true);
});

test('what was let go while the wait ran out is taken', async () => {
  const asked: LockOptions[] = [];
  const request = async (_name: string, options: LockOptions, hold: (lock: unknown) => Promise<unknown>) => {
    asked.push(options);
    if (asked.length === 1) return hold(null);
    if (asked.length === 3) return hold({});
    return new Promise((_, reject) => {
      options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
    });
  };
  expect(await createDocumentLock({ request } as unknown as LockManager, 20).claim('a')).toBe(true);
  expect(asked.map(({ ifAvailable }) => ifAvailable)).toEqual([true, undefined, true]);
});

test('a reloaded page takes its document from the page that it replaces, whatever that one does', async () => {
  const locks = fakeLocks();
  const before = createDocumentLock(locks, 20);
  await before.claim('a');
  const reloaded = createDocumentLock(locks, 20);
  expect(await reloaded.claim('a', true)).toBe(true);
  expect(await createDocumentLock(locks, 20).claim('a')).toBe(false);
  // Should the older page live after all, it no longer has what it had.
  expect(await before.claim('a')).toBe(false);
});

test('of two claims made at once, the later one is what is held', async () => {
  const locks = fakeLocks();
  const other = createDocumentLock(locks, 20);
  await other.claim('slow');
  const lock = createDocumentLock(locks, 50);
  expect(await Promise.all([lock.claim('slow'), lock.claim('a'), lock.claim('b')])).toEqual([
    false,
    true,
    true,
  ]);
  expect([...locks.names()].sort()).toEqual(['ganvas-document-b', 'ganvas-document-slow']);
});

test('without Web Locks, or where they are forbidden, every claim is granted', async () => {
  expect(await createDocumentLock(undefined).claim('a')).toBe(true);
  const forbidden = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) };
  expect(await createDocumentLock(forbidden as unknown as LockManager).claim('a')).toBe(true);
});
