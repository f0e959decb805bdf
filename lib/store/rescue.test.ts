import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatGraph } from '@/lib/graph/parse';
import { emptyGraph } from '@/lib/graph/schema';
import { createRescue } from './rescue';
import { memoryStorage } from './testing/tab';

const write = { id: 'a', graph: { ...emptyGraph(), title: 'Mine' }, revision: 'r2', replaces: ['r1'] };

test('what one page put, another finds; the newest of a document only', () => {
  const local = memoryStorage();
  const page = createRescue(() => local);
  page.put({ ...write, revision: 'r0' });
  page.put(write);
  const [left, ...others] = createRescue(() => local).all();
  expect(left?.write).toEqual(write);
  expect(others).toEqual([]);
  left?.remove();
  expect(local.length).toBe(0);
});

test('a page takes away its own, and leaves what another put for the same document', () => {
  const local = memoryStorage();
  const [first, second] = [createRescue(() => local), createRescue(() => local)];
  first.put(write);
  second.put({ ...write, revision: 'r3' });
  first.remove('a');
  second.remove('b');
  expect(second.all().map(({ write: one }) => one?.revision)).toEqual(['r3']);
});

test('what was put before there were revisions is read', () => {
  const local = memoryStorage();
  local.setItem('ganvas-rescue:a', formatGraph(write.graph));
  const [left] = createRescue(() => local).all();
  expect(left?.write).toMatchObject({ id: 'a', graph: write.graph, replaces: [''] });
});

test('damaged or hostile contents are no documents, and what is not ours is left alone', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.constant('{"graph":{"format":"ganvas"}}')), (text) => {
      const local = memoryStorage();
      local.setItem('ganvas-rescue:x', text);
      local.setItem('other', text);
      const left = createRescue(() => local).all();
      expect(left.map((one) => one.write)).toEqual([undefined]);
      for (const { remove } of left) remove();
      expect(local.length).toBe(1);
    }),
  );
});

test('storage that is full or forbidden does no harm', () => {
  const rescue = createRescue(() => {
    throw new DOMException('no', 'SecurityError');
  });
  rescue.put(write);
  rescue.remove('a');
  expect(rescue.all()).toEqual([]);
});
