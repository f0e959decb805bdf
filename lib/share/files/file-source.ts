/** A file that is read by pieces: dropped, picked or pasted, on a disk, or bytes at hand. */
export interface FileSource {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The bytes from `start` to before `end`, as far as there are any. */
  read(start: number, end: number): Promise<Uint8Array>;
}

export const fromBytes = (name: string, bytes: Uint8Array): FileSource => ({
  name,
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

export const fromBlob = (blob: Blob & { readonly name: string }): FileSource => ({
  name: blob.name,
  size: blob.size,
  read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
});
