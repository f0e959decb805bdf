import type { GivenData } from '@/components/data/given-data';
import { labelsBeside } from '@/lib/data/files/idx';
import type { NamedFile } from '@/lib/data/import/protocol';
import { type FileRefusal, listed, OPENS, refuseFile } from '@/lib/share/files/file-refusal';
import { quantity } from '@/lib/util/sentence';

/** Files and folders that were dropped or pasted at once. */
export interface Handed {
  readonly files: readonly File[];
  readonly folders: readonly FileSystemDirectoryEntry[];
}

/** Reads a drop or a paste; only while its event lasts. */
export function handedBy({ items, files }: DataTransfer): Handed {
  const folders = [...items]
    .flatMap((item) => item.webkitGetAsEntry?.() ?? [])
    .filter((entry): entry is FileSystemDirectoryEntry => entry.isDirectory);
  return { files: [...files].filter(({ name }) => !folders.some((each) => each.name === name)), folders };
}

/** A graph or weights, by the name: of these, one at a time. */
const opensAlone = /\.(json|safetensors|pth|pt|ckpt)$/i;

/** What was handed over as one set of data: a folder, or several files; undefined for a file alone, which may be anything. */
export function dataIn({ files, folders }: Handed): GivenData | FileRefusal | undefined {
  const [first, second, ...more] = files;
  const [folder] = folders;
  if (folders.length === 0 && second === undefined) return undefined;
  const alone = files.filter(({ name }) => opensAlone.test(name));
  if (alone.length > 0)
    return refuseFile(
      'file-several',
      `These are ${sayCount({ files, folders })}: ${listed([...files, ...folders].map(({ name }) => name))}.`,
      `Open ${listed(alone.map(({ name }) => name))} alone. ${OPENS}`,
    );
  // A folder alone has the names that it has inside: the command line names it so too.
  if (folder && files.length === 0 && folders.length === 1)
    return { name: folder.name, files: () => filesIn(folder, '') };
  const isPair = first && second && more.length === 0 && folders.length === 0;
  const beside =
    isPair &&
    [first, second].find(({ name }) => [first.name, second.name].includes(labelsBeside(name) ?? ''));
  return {
    name: beside ? beside.name : sayCount({ files, folders }),
    files: async () => [
      ...files.map((file) => ({ name: file.name, file })),
      ...(await Promise.all(folders.map((each) => filesIn(each, `${each.name}/`)))).flat(),
    ],
  };
}

export const sayCount = ({ files, folders }: Handed): string =>
  [
    ...(files.length > 0 ? [quantity(files.length, 'file')] : []),
    ...(folders.length > 0 ? [quantity(folders.length, 'folder')] : []),
  ].join(' and ');

/** All files of a folder and of those in it, but for hidden ones. */
async function filesIn(folder: FileSystemDirectoryEntry, before: string): Promise<NamedFile[]> {
  const reader = folder.createReader();
  const found: NamedFile[] = [];
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return found;
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const name = `${before}${entry.name}`;
      if (entry.isDirectory) found.push(...(await filesIn(entry as FileSystemDirectoryEntry, `${name}/`)));
      else
        found.push({
          name,
          file: await new Promise<File>((resolve, reject) =>
            (entry as FileSystemFileEntry).file(resolve, reject),
          ),
        });
    }
  }
}
