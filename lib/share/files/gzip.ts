import { Gunzip } from 'fflate';
import { startsWith } from '@/lib/util/bytes';
import { refuseBinary } from './binary-formats';
import { type FileRefusal, refuseData, refuseFile } from './file-refusal';

/** Bytes that are unpacked to see what is inside, and bytes that go in at a time: deflate expands 1,032 times. */
const LOOK = 4_096;
const PIECE = 256;

/** The first bytes inside; what there is of them where the rest is damaged or not given. */
function peek(packed: Uint8Array): Uint8Array {
  const pieces: number[] = [];
  const unpacking = new Gunzip((piece) => {
    for (let at = 0; at < piece.length && pieces.length < LOOK; at++) pieces.push(piece[at] as number);
  });
  try {
    for (let at = 0; at < packed.length && pieces.length < LOOK; at += PIECE)
      unpacking.push(packed.subarray(at, at + PIECE));
  } catch {
    // Damaged: what came before is enough to look at.
  }
  return Uint8Array.from(pieces);
}

export function refuseGzip(name: string, packed: Uint8Array): FileRefusal {
  const head = peek(packed);
  if (startsWith(head, 'ustar', 257))
    return refuseFile(
      'file-archive',
      'This is a compressed tar archive.',
      'Unpack it, and open one of its files.',
    );
  const inside = refuseBinary({ name: name.replace(/\.gz$/i, ''), size: Number.NaN, head });
  if (inside) return inside;
  if (/\.(csv|tsv|tab|txt|dat|data)\.gz$/i.test(name))
    return refuseData('file-table', 'This is a table, compressed with gzip.');
  return refuseFile(
    'file-archive',
    'This is a file compressed with gzip.',
    'Unpack it (gunzip), and open what is in it.',
  );
}
