import type { DataChoice } from '../files/choose';
import type { ImportOptions } from '../files/import-options';
import type { FromImportWorker, NamedFile, ToImportWorker } from './protocol';

/** Files that a worker of their own reads, and shows first as `choice` says. What it has not kept when it ends is gone without a trace. */
export interface Import {
  preview(choice: DataChoice): void;
  keep(choice: DataChoice): void;
  keepFor(options: ImportOptions): void;
  end(): void;
}

export function startImport(
  name: string,
  files: readonly NamedFile[],
  choice: DataChoice,
  receive: (message: FromImportWorker) => void,
): Import {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'ganvas-import',
  });
  const post = (message: ToImportWorker) => worker.postMessage(message);
  worker.onmessage = ({ data }: MessageEvent<FromImportWorker>) => receive(data);
  worker.onerror = () =>
    receive({
      type: 'refused',
      message: `${name}: the worker that reads it was ended by the browser, as for want of memory.`,
      isChoice: false,
    });
  post({ type: 'open', name, files, choice });
  return {
    preview: (choice) => post({ type: 'preview', choice }),
    keep: (choice) => post({ type: 'keep', choice }),
    keepFor: (options) => post({ type: 'keep-for', options }),
    end: () => worker.terminate(),
  };
}
