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
