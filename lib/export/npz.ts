import { zipFiles } from '@/lib/util/zip';

/** NumPy's .npz: a zip, not compressed, of .npy files. Float32 and bytes. */
export interface NpyArray {
  readonly dims: readonly number[];
  readonly values: Float32Array | Uint8Array;
}

/** Version 1.0: magic, length of the header, header as a Python literal padded to 64 bytes, numbers. */
export function encodeNpy({ dims, values }: NpyArray): Uint8Array {
  const type = values instanceof Float32Array ? '<f4' : '|u1';
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`;
  const about = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const start = 10;
  const length = Math.ceil((start + about.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length + values.byteLength).fill(32, 0, length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, length - start, true);
  bytes.set(new TextEncoder().encode(about), start);
  bytes[length - 1] = 10;
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), length);
  return bytes;
}

export function encodeNpz(arrays: ReadonlyMap<string, NpyArray>): Uint8Array {
  const files = [...arrays].map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const);
  return zipFiles(Object.fromEntries(files), { level: 0 });
}
