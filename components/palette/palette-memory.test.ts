import { expect, test } from 'vitest';
import { readMemory, remember, toggleFolded, writeMemory } from './palette-memory';

const storage = (text: string | null = null) => {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
};

test('folded categories and the newest entries are remembered', () => {
  const kept = storage();
  const empty = readMemory(() => kept);
  const used = ['a', 'b', 'c', 'a', 'd', 'e', 'f'].reduce(remember, toggleFolded(empty, 'Losses'));
  writeMemory(() => kept, used);
  expect(readMemory(() => kept)).toEqual({ folded: ['Losses'], recent: ['f', 'e', 'd', 'a', 'c'] });
  expect(toggleFolded(used, 'Losses').folded).toEqual([]);
});

test.each(['no JSON', '[]', 'null', '{"folded":7,"recent":[1,"a"]}'])('%s in storage is no fault', (text) => {
  const { folded, recent } = readMemory(() => storage(text));
  expect(folded).toEqual([]);
  expect(recent.every((key) => key === 'a')).toBe(true);
});

test('nothing is kept where storage is forbidden', () => {
  const forbidden = () => {
    throw new Error('SecurityError');
  };
  writeMemory(forbidden, { folded: ['Losses'], recent: [] });
  expect(readMemory(forbidden)).toEqual({ folded: [], recent: [] });
});
