import { deflateSync } from 'fflate';
import { dictionaryOf } from '../link-dictionary';

/** A link whose envelope is right, whatever the text; padded so that its size allows much. */
export function forgeLink(text: string, bytes = 0): string {
  const deflated = deflateSync(new TextEncoder().encode(text), { level: 9, dictionary: dictionaryOf(1) });
  const body = new Uint8Array(Math.max(deflated.length, bytes));
  body.set(deflated);
  let hash = 0x811c9dc5;
  for (const byte of body) hash = Math.imul(hash ^ byte, 0x01000193);
  const folded = hash ^ (hash >>> 24);
  const all = Buffer.concat([Uint8Array.of(folded >>> 16, folded >>> 8, folded), body]);
  return `#g=1.${all.toString('base64url')}`;
}
