import { expect, test } from 'vitest';
import { dataIn, type Handed, handedBy } from './handed';

const file = (name: string) => ({ name }) as File;

/** A folder as browsers give it: some entries at a time, none at the end. */
function folder(name: string, names: readonly string[] = []): FileSystemDirectoryEntry {
  const batches = [names.slice(0, 1), names.slice(1), []].filter((batch, i) => batch.length > 0 || i === 2);
  const entries = (batch: readonly string[]) =>
    batch.map((each) => ({
      name: each,
      isDirectory: false,
      file: (take: (file: File) => void) => take(file(each)),
    }));
  return {
    name,
    isDirectory: true,
    createReader: () => ({
      readEntries: (take: (found: unknown[]) => void) => take(entries(batches.shift() ?? [])),
    }),
  } as unknown as FileSystemDirectoryEntry;
}

/** What a browser hands over for files and folders, which both are files to it. */
function transfer(files: readonly string[], folders: readonly FileSystemDirectoryEntry[] = []): DataTransfer {
  const items = [...files.map((name) => ({ name, isDirectory: false })), ...folders].map((entry) => ({
    kind: 'file',
    webkitGetAsEntry: () => entry,
  }));
  const names = [...files, ...folders.map(({ name }) => name)];
  return { items: [{ kind: 'string' }, ...items], files: names.map(file) } as unknown as DataTransfer;
}

/** The names that data has, and that of the whole. */
async function taken(handed: Handed): Promise<readonly [string, readonly string[]] | undefined> {
  const data = dataIn(handed);
  return data && 'files' in data ? [data.name, (await data.files()).map(({ name }) => name)] : undefined;
}

test('folders are kept apart from files', () => {
  const photos = folder('photos');
  expect(handedBy(transfer(['a.json'], [photos]))).toEqual({ files: [file('a.json')], folders: [photos] });
});

test('one file may be anything', () => {
  expect(dataIn(handedBy(transfer(['a.json'])))).toBeUndefined();
  expect(dataIn(handedBy(transfer([])))).toBeUndefined();
});

test('a folder, several folders, and several files are data', async () => {
  const pets = folder('pets', ['1.png', '.hidden', '2.png']);
  expect(await taken(handedBy(transfer([], [pets])))).toEqual(['pets', ['1.png', '2.png']]);
  expect(await taken(handedBy(transfer(['a.png', 'b.png'])))).toEqual(['2 files', ['a.png', 'b.png']]);
  const both = [folder('cats', ['1.png']), folder('dogs', ['1.png', '2.png'])];
  expect(await taken(handedBy(transfer([], both)))).toEqual([
    '2 folders',
    ['cats/1.png', 'dogs/1.png', 'dogs/2.png'],
  ]);
});

test('images of IDX with their labels have the name of the images', async () => {
  const names = ['t-labels-idx1-ubyte.gz', 't-images-idx3-ubyte.gz'];
  expect((await taken(handedBy(transfer(names))))?.[0]).toBe('t-images-idx3-ubyte.gz');
});

test('a graph among several files is to be opened alone', () => {
  expect(dataIn(handedBy(transfer(['a.json', 'b.png'])))).toMatchObject({
    diagnostics: [
      {
        message: 'These are 2 files: a.json and b.png.',
        hint: expect.stringContaining('Open a.json alone.'),
      },
    ],
  });
});
