import { reasonOf } from '@/lib/util/reason-of';
import { DataRefusal, type GivenFile, sayBytes } from '../files/data-file';
import type { DecodeImage, PrepareImage } from '../files/images';
import { keepData } from './kept-data';
import { type OpenedFiles, openFiles } from './opened-files';
import type { FromImportWorker, NamedFile, ToImportWorker } from './protocol';

/** Milliseconds between two reports of progress. */
const REPORT_MS = 50;

/** Reads files by messages, one after the other. */
export function serveImport(
  decode: DecodeImage,
  post: (message: FromImportWorker) => void,
  prepare?: PrepareImage,
) {
  let opened: OpenedFiles | undefined;
  let reportedAt = 0;
  const progress = (share: number) => {
    const now = performance.now();
    if (now - reportedAt < REPORT_MS) return;
    reportedAt = now;
    post({ type: 'progress', share: Math.min(1, share) });
  };

  async function handle(message: ToImportWorker): Promise<void> {
    if (message.type === 'open')
      opened = await openFiles(message.name, message.files.map(givenFile), {
        decode,
        progress,
        ...(prepare && { prepare }),
      });
    if (!opened) return;
    const { id } = opened;
    if (message.type === 'open' || message.type === 'preview')
      return post({ type: 'preview', id, preview: await opened.preview(message.choice) });
    const how = message.type === 'keep' ? { choice: message.choice } : { options: message.options };
    const { options, contents, set } = await opened.prepare(how);
    const kept = await keepData(id, options, contents, set).catch((error: unknown) => {
      throw new DataRefusal(options.name, sayNotKept(error, set.values.byteLength));
    });
    post({ type: 'kept', id, options, kept, notes: contents.notes });
  }

  let queue: Promise<void> = Promise.resolve();
  return (message: ToImportWorker): void => {
    queue = queue
      .then(() => handle(message))
      .catch((error: unknown) =>
        post({ type: 'refused', message: sayRefused(error), isChoice: opened !== undefined }),
      );
  };
}

const givenFile = ({ name, file }: NamedFile): GivenFile => ({
  name,
  size: file.size,
  read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
});

/** The readers throw nothing but sentences; what else there is comes from the browser. */
function sayRefused(error: unknown): string {
  if (error instanceof DataRefusal) return error.message;
  const text = reasonOf(error);
  return error instanceof DOMException && error.name === 'NotReadableError'
    ? `The browser cannot read a file: ${text} Check that it is still there and that you may read it.`
    : `It could not be read: ${text}. Files that are too large for this machine’s memory end like this.`;
}

const sayNotKept = (error: unknown, bytes: number): string =>
  error instanceof DOMException && error.name === 'QuotaExceededError'
    ? `this browser has no room for its ${sayBytes(bytes)}. Delete data that is no longer used (dock, Data), or choose smaller images.`
    : `this browser did not keep it: ${reasonOf(error)}`;
