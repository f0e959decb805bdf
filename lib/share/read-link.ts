import type { ParseResult } from '@/lib/graph/parse';
import { sealedBodies } from './checksum';
import { findLinks, MOST_LINK } from './find-link';
import { codec, openBody } from './link';
import { damaged, newer, notALink, type Refusal, tooLong } from './link-refusal';

/** How often a checksum may be right by chance, in the middle of a link. */
const MOST_TRIES = 4;

/**
 * The graph of a link, or why there is none, from whatever text holds it: an address, a fragment, a message that
 * was wrapped, escaped or decorated on its way. Bounded in time and memory for any text; never throws.
 */
export async function readLink(text: string): Promise<ParseResult> {
  if (text.length > MOST_LINK) return tooLong(text.length);
  let refusal: Refusal | undefined;
  let tries = 0;
  for (const { codec: version, rest } of findLinks(text)) {
    if (version > codec) refusal ??= newer(version, codec);
    if (version < 1 || version > codec) {
      refusal ??= damaged();
      continue;
    }
    for (const body of sealedBodies(rest)) {
      const opened = openBody(body, version);
      if (opened.ok || opened.diagnostics[0]?.code !== 'link-damaged') return opened;
      if (++tries === MOST_TRIES) return opened;
    }
    refusal ??= damaged();
  }
  return refusal ?? notALink(text);
}
