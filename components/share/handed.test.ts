import { expect, test } from 'vitest';
import { handedBy, refuseHanded } from './handed';

const file = (name: string) => ({ name }) as File;

/** What a browser hands over for files and folders, which both are files to it. */
function transfer(files: readonly string[], folders: readonly string[] = []): DataTransfer {
  const names = [...files, ...folders];
  const items = names.map((name) => ({
    kind: 'file',
    webkitGetAsEntry: () => ({ name, isDirectory: folders.includes(name) }),
  }));
  return { items: [{ kind: 'string' }, ...items], files: names.map(file) } as unknown as DataTransfer;
}

test('folders are kept apart from files', () => {
  expect(handedBy(transfer(['a.json'], ['photos']))).toEqual({
    files: [file('a.json')],
    folders: ['photos'],
  });
});

test('one file opens', () => {
  expect(refuseHanded(handedBy(transfer(['a.json'])))).toBeUndefined();
  expect(refuseHanded(handedBy(transfer([])))).toBeUndefined();
});

test.each([
  [[], ['photos'], 'photos', 'This is a folder.', 'Choose a file in it.'],
  [['a.png', 'b.png'], [], '2 files', 'These are 2 files: a.png and b.png.', 'one file at a time'],
  [['1', '2', '3', '4', '5'], [], '5 files', '1, 2, 3 and 2 more.', 'one file at a time'],
  [
    ['a'],
    ['b', 'c'],
    '1 file and 2 folders',
    'These are 1 file and 2 folders: a, b and c.',
    'one file at a time',
  ],
])('%s and %s are refused with a sentence', (files, folders, what, message, hint) => {
  const refusal = refuseHanded(handedBy(transfer(files, folders)));
  expect(refusal).toMatchObject({
    what,
    diagnostics: [{ message: expect.stringContaining(message), hint: expect.stringContaining(hint) }],
  });
});
