import type { NamedTensors } from '../tensors';

/** A safetensors file as others write it: tensors in a type of theirs, and counters that are no weights. */
export function encodeTyped(
  tensors: NamedTensors,
  { type, start = '' }: { readonly type: 'F64' | 'BF16'; readonly start?: string },
): Uint8Array {
  const each = type === 'F64' ? 8 : 2;
  let end = 8;
  const header: Record<string, unknown> = {
    [`${start}norm.num_batches_tracked`]: { dtype: 'I64', shape: [], data_offsets: [0, end] },
  };
  for (const [name, { dims, values }] of tensors) {
    header[start + name] = { dtype: type, shape: dims, data_offsets: [end, end + each * values.length] };
    end += each * values.length;
  }
  const text = JSON.stringify(header);
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  bytes.set(new TextEncoder().encode(text.padEnd(padded)), 8);
  let at = 8 + padded + 8;
  for (const { values } of tensors.values())
    for (const value of values) {
      if (type === 'F64') view.setFloat64(at, value, true);
      // Cut off, not rounded: exact where the lower half of the float32 is 0.
      else view.setUint16(at, (new Uint32Array(Float32Array.of(value).buffer)[0] as number) >>> 16, true);
      at += each;
    }
  return bytes;
}
