import type { NamedFile } from '@/lib/data/import/protocol';
import { zipFiles } from '@/lib/util/zip';

/** What pictures of the camera are as a file. */
export const CAMERA_FILE = 'camera.zip';

/** The file that documents, other browsers and the exported Python know again: equal pictures, equal bytes. */
export async function zipPictures(files: readonly NamedFile[]): Promise<File> {
  const entries = files.map(
    async ({ name, file }) => [name, new Uint8Array(await file.arrayBuffer())] as const,
  );
  const zip = zipFiles(Object.fromEntries(await Promise.all(entries)), { level: 0 });
  return new File([zip as Uint8Array<ArrayBuffer>], CAMERA_FILE, { type: 'application/zip' });
}

/** How many pictures each class has, in the order in which they were taken. */
export function countClasses(files: readonly NamedFile[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of files) counts.set(classOf(name), (counts.get(classOf(name)) ?? 0) + 1);
  return counts;
}

/** Of a picture’s name; empty without one. */
export const classOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf('/')));

/** `cats/0003.jpg`: the folder is the class, of a burst that has a name. */
export function pictureName(given: string, index: number): string {
  const folder = given.trim().replace(/[^\p{L}\p{N} _-]/gu, '_');
  const file = `${String(index).padStart(4, '0')}.jpg`;
  return folder ? `${folder}/${file}` : file;
}

/** Why the camera cannot be used, and what helps; undefined: the browser gives none to this page. */
export function sayCamera(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : undefined;
  switch (name) {
    case undefined:
      return 'This browser gives no camera to this page: it has to be opened by https, or from this machine.';
    case 'NotAllowedError':
      return 'The camera may not be used here. Allow it for this page in the browser’s address bar, then try again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No camera was found on this machine. Connect one, then try again.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The camera cannot be read: another program may be using it. Close that, then try again.';
    default:
      return `The camera cannot be used: ${(error as Error).message}`;
  }
}
