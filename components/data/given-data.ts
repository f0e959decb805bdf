import type { NamedFile } from '@/lib/data/import/protocol';

/** Files that a person gave as one set of data. */
export interface GivenData {
  /** Of the file or the folder. */
  readonly name: string;
  /** Folders are read when they are wanted. */
  readonly files: () => Promise<readonly NamedFile[]>;
}
