import type { DataChoice } from '../files/choose';
import type { ImportOptions } from '../files/import-options';
import type { KeptData } from './kept-data';
import type { DataPreview } from './opened-files';

/** What page and import worker say to each other. A worker reads one set of files, and is ended with it. */
export type ToImportWorker =
  | {
      readonly type: 'open';
      readonly name: string;
      readonly files: readonly NamedFile[];
      readonly choice: DataChoice;
    }
  | { readonly type: 'preview'; readonly choice: DataChoice }
  /** Keeps it in this browser: as chosen, or as a document says. */
  | { readonly type: 'keep'; readonly choice: DataChoice }
  | { readonly type: 'keep-for'; readonly options: ImportOptions };

/** With the folders that it is in: `cats/01.png`. */
export interface NamedFile {
  readonly name: string;
  readonly file: Blob;
}

export type FromImportWorker =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'preview'; readonly id: string; readonly preview: DataPreview }
  | {
      readonly type: 'kept';
      readonly id: string;
      readonly options: ImportOptions;
      readonly kept: KeptData;
      readonly notes: readonly string[];
    }
  /** A sentence: file, what was expected, what was found. `isChoice`: another choice may do. */
  | { readonly type: 'refused'; readonly message: string; readonly isChoice: boolean };
