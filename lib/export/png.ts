import { zlibSync } from 'fflate';
import { joinBytes } from '@/lib/util/join';
import { crc32 } from './crc';

/** An image in the format that every program opens: `values` are height × width × channels bytes, 1 channel or 3. */
export function encodePng(values: Uint8Array, height: number, width: number, channels: number): Uint8Array {
  const length = width * channels;
  // Each line begins with the number of its filter: none.
  const lines = new Uint8Array(height * (length + 1));
  for (let row = 0; row < height; row++)
    lines.set(values.subarray(row * length, (row + 1) * length), row * (length + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, channels === 1 ? 0 : 2], 8); // bits, grey or RGB
  return joinBytes([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(lines)),
    chunk('IEND', new Uint8Array()),
  ]);
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Length of the content, name, content, checksum of both. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, checksum(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** The polynomial of ISO 3309. */
const checksum = crc32(0xedb88320);
