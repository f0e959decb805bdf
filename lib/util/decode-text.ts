import { startsWith } from './bytes';

/**
 * Bytes as text: by the mark at their beginning (which goes), as UTF-16 where every other byte is zero, as UTF-8,
 * or as the old code page of Windows. Undefined for what is no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = markedEncoding(bytes) ?? unmarkedEncoding(bytes);
  if (encoding === undefined) return undefined;
  return new TextDecoder(encoding).decode(bytes);
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(bytes, [0xff, 0xfe]) && !startsWith(bytes, [0, 0], 2)) return 'utf-16le';
  return startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

/** Bytes that are looked at to recognise UTF-16. */
const LOOK = 512;

function unmarkedEncoding(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, LOOK);
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = head.length / 2;
  if (even === 0 && odd > 0.7 * half) return 'utf-16le';
  if (odd === 0 && even > 0.7 * half) return 'utf-16be';
  if (bytes.includes(0)) return undefined;
  return isUtf8(bytes) ? 'utf-8' : controls(head) ? undefined : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Text has tabs and line ends, no other control characters. */
const controls = (head: Uint8Array): boolean =>
  head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13);
