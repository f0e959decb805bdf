import { type FileRefusal, listed, OPENS, refuseFile } from '@/lib/share/files/file-refusal';
import { quantity } from '@/lib/util/sentence';

/** Files and folders that were dropped or pasted at once. */
export interface Handed {
  readonly files: readonly File[];
  /** Names. */
  readonly folders: readonly string[];
}

/** Reads a drop or a paste; only while its event lasts. */
export function handedBy({ items, files }: DataTransfer): Handed {
  const folders = [...items]
    .flatMap((item) => item.webkitGetAsEntry?.() ?? [])
    .filter((entry) => entry.isDirectory)
    .map(({ name }) => name);
  return { files: [...files].filter(({ name }) => !folders.includes(name)), folders };
}

/** Why what was handed over does not open as it is: one file at a time does. */
export function refuseHanded({
  files,
  folders,
}: Handed): (FileRefusal & { readonly what: string }) | undefined {
  const [folder] = folders;
  if (folder !== undefined && files.length === 0 && folders.length === 1)
    return {
      what: folder,
      ...refuseFile('file-folder', 'This is a folder.', `Choose a file in it. ${OPENS}`),
    };
  if (files.length + folders.length < 2) return undefined;
  const what = [
    ...(files.length > 0 ? [quantity(files.length, 'file')] : []),
    ...(folders.length > 0 ? [quantity(folders.length, 'folder')] : []),
  ].join(' and ');
  const names = [...files.map(({ name }) => name), ...folders];
  return {
    what,
    ...refuseFile(
      'file-several',
      `These are ${what}: ${listed(names)}.`,
      'Open one file at a time: first a graph, then its weights.',
    ),
  };
}
