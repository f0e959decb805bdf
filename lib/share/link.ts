import { deflateSync } from 'fflate';
import { parseDocumentValue } from '@/lib/check/parse';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { nestingDepth, type ParseResult } from '@/lib/graph/parse';
import { type Graph, limits } from '@/lib/graph/schema';
import { fromBase64Url, toBase64Url } from './base64url';
import { inflateBounded } from './bounded-inflate';
import { linkDictionary } from './link-dictionary';
import { pack, packedSchema, unpack } from './pack';

/**
 * A whole graph as the fragment of a URL: `g=1.` and, in base64url, three bytes of checksum and the deflated
 * packed graph. The fragment stays in the browser; no server sees the graph.
 */
const codec = 1;
const checksumBytes = 3;

/** Inflated bytes that a link may have: a base, and this many for each byte sent. */
const baseBytes = 65_536;
const expansion = 40;
const fragmentLimit = 4 * limits.text;

export type DecodeResult = ParseResult;

/** Whether a URL's fragment, with or without its `#`, holds a graph of any codec. */
export const hasLink = (fragment: string): boolean => /^#?g(=|%3d)/i.test(fragment);

/** The fragment without its `#`. Parameters that equal their defaults are left out, positions rounded. */
export async function encodeLink(graph: Graph): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(pack(graph)));
  const deflated = deflateSync(text, { level: 9, mem: 9, dictionary: linkDictionary });
  // A text that shrinks further than a reader expands is padded: deflate knows where it ends.
  const body = new Uint8Array(Math.max(deflated.length, Math.ceil((text.length - baseBytes) / expansion)));
  body.set(deflated);
  const bytes = new Uint8Array(checksumBytes + body.length);
  bytes.set(checksum(body));
  bytes.set(body, checksumBytes);
  return `g=${codec}.${toBase64Url(bytes)}`;
}

/** The graph of a fragment, or why there is none. Bounded in time and memory for any text. */
export async function decodeLink(fragment: string): Promise<DecodeResult> {
  if (fragment.length > fragmentLimit) return refuse('link-too-large', 'This link is too long to be opened.');
  const [, version, encoded] = /^#?g(?:=|%3d)(\d+)\.([^&]*)/i.exec(fragment) ?? [];
  if (version === undefined || encoded === undefined)
    return refuse('link-not-a-graph', 'This link holds no graph.', 'Check that it was copied whole.');
  if (Number(version) > codec)
    return refuse(
      'link-newer',
      `This link was made by a newer Ganvas (link format ${version}; this one reads up to ${codec}).`,
      'Reload the page to get the newest Ganvas.',
    );
  const bytes = Number(version) === codec ? fromBase64Url(encoded.trim()) : undefined;
  const body = bytes?.subarray(checksumBytes);
  if (!bytes || !body?.length || !checksum(body).every((byte, index) => byte === bytes[index]))
    return damaged();
  const text = inflateText(body);
  return typeof text === 'string' ? parsePacked(text) : text;
}

function inflateText(body: Uint8Array): string | Failure {
  const limit = inflatedLimit(body.length);
  try {
    const inflated = inflateBounded(body, linkDictionary, limit);
    if (inflated) return new TextDecoder('utf-8', { fatal: true }).decode(inflated);
  } catch {
    return damaged(); // Not deflate, or not text.
  }
  return refuse(
    'link-too-large',
    `This link of ${body.length.toLocaleString('en')} bytes expands to more than ${limit.toLocaleString('en')}; it was not opened.`,
  );
}

function parsePacked(text: string): DecodeResult {
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

const inflatedLimit = (bytes: number): number => baseBytes + expansion * bytes;

/** FNV-1a of the bytes, folded to 24 bits. */
function checksum(bytes: Uint8Array): Uint8Array {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const folded = hash ^ (hash >>> 24);
  return Uint8Array.of(folded >>> 16, folded >>> 8, folded);
}

type Failure = { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const refuse = (code: string, message: string, hint?: string): Failure => ({
  ok: false,
  diagnostics: [{ code, severity: 'error', message, ...(hint && { hint }) }],
});

const damaged = (): Failure =>
  refuse(
    'link-damaged',
    'This link is damaged: a part of it is missing or changed.',
    'Ask for it again, or for the graph as a file; some programs cut long links.',
  );
