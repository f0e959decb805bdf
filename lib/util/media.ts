import { latin, startsWith } from './bytes';

/** Pictures and videos that people have, and that no browser decodes as an image: by their first bytes. */
export const isHeic = (head: Uint8Array): boolean =>
  /^ftyp(hei|hev|mif1|msf1)/.test(latin(head.subarray(4, 12)));
export const isTiff = (head: Uint8Array): boolean => startsWith(head, 'II*\0') || startsWith(head, 'MM\0*');
/** MP4 and its kin, unless something more is known of it; WebM and Matroska. */
export const isVideo = (head: Uint8Array): boolean =>
  startsWith(head, 'ftyp', 4) || startsWith(head, [0x1a, 0x45, 0xdf, 0xa3]);
