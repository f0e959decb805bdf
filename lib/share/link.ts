import { deflateSync } from 'fflate';
import { parseDocumentValue } from '@/lib/check/parse';
import { nestingDepth, type ParseResult } from '@/lib/graph/parse';
import { type Graph, limits } from '@/lib/graph/schema';
import { toBase64Url } from './base64url';
import { inflateBounded } from './bounded-inflate';
import { CHECKSUM_BYTES, checksum } from './checksum';
import { dictionaryOf } from './link-dictionary';
import { damaged, expandsTooFar, type Refusal } from './link-refusal';
import { PLAIN_COLUMNS, pack, packedSchema, unpack } from './pack';

/**
 * A whole graph as the fragment of a URL: `g=`, the codec's number, a dot and, in base64url, three bytes of checksum and the deflated
 * packed graph. The fragment stays in the browser; no server sees the graph.
 */
/** The newest; a graph without blocks is as codec 1 has it. */
export const codec = 2;

/** Inflated bytes that a link may have: a base, and this many for each byte sent, up to those of the longest text. */
const baseBytes = 65_536;
const expansion = 40;
const mostBytes = 3 * limits.text;

/**
 * The fragment without its `#`. Parameters that equal their defaults are left out, positions rounded. What is
 * longer than MOST_LINK is not read again: such a graph travels as a file.
 */
export async function encodeLink(graph: Graph): Promise<string> {
  const packed = pack(graph);
  const version = packed.length === PLAIN_COLUMNS ? 1 : codec;
  const text = new TextEncoder().encode(JSON.stringify(packed));
  const deflated = deflateSync(text, { level: 9, mem: 9, dictionary: dictionaryOf(version) });
  // A text that shrinks further than a reader expands is padded: deflate knows where it ends.
  const body = new Uint8Array(Math.max(deflated.length, Math.ceil((text.length - baseBytes) / expansion)));
  body.set(deflated);
  const bytes = new Uint8Array(CHECKSUM_BYTES + body.length);
  bytes.set(checksum(body));
  bytes.set(body, CHECKSUM_BYTES);
  return `g=${version}.${toBase64Url(bytes)}`;
}

/** The graph of a link's bytes behind the checksum. */
export function openBody(body: Uint8Array, version: number): ParseResult {
  const text = inflateText(body, dictionaryOf(version));
  return typeof text === 'string' ? parsePacked(text) : text;
}

function inflateText(body: Uint8Array, dictionary: Uint8Array): string | Refusal {
  const limit = Math.min(baseBytes + expansion * body.length, mostBytes);
  try {
    const inflated = inflateBounded(body, dictionary, limit);
    return inflated
      ? new TextDecoder('utf-8', { fatal: true }).decode(inflated)
      : expandsTooFar(body.length, limit);
  } catch {
    return damaged(); // Not deflate, or not text.
  }
}

function parsePacked(text: string): ParseResult {
  if (nestingDepth(text) > limits.depth) return damaged();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged();
  }
  const packed = packedSchema.safeParse(value);
  const document = packed.success ? unpack(packed.data) : undefined;
  return document ? parseDocumentValue(document) : damaged();
}
