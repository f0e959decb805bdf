import { parseDocument } from '@/lib/check/parse';
import type { ParseResult } from '@/lib/graph/parse';
import { limits } from '@/lib/graph/schema';
import { littleEndian, startsWith } from '@/lib/util/bytes';
import { decodeText } from '@/lib/util/decode-text';
import { formatCount } from '@/lib/util/format-count';
import { hasLink } from '../find-link';
import { readLink } from '../read-link';
import { refuseBinary } from './binary-formats';
import { type Cut, whereCut } from './cut-json';
import { type FileRefusal, OPENS, refuseData, refuseFile } from './file-refusal';
import type { FileSource } from './file-source';
import { refuseGzip } from './gzip';
import { refuseJson } from './json-documents';
import { refuseText } from './text-formats';
import { refuseZip } from './zip-files';

/** Bytes that a document of the longest text can take. */
const MOST_BYTES = 3 * limits.text;
/** Bytes at the beginning and the end that show what a file is. */
const HEAD = 65_536;
const TAIL = 262_144;

/** What a file holds: weights, or a graph, or data, or why it is none of them. `result` is why data is no graph. */
type FileContent =
  | { readonly is: 'weights' }
  | { readonly is: 'graph' | 'data'; readonly result: ParseResult };

const graph = (result: ParseResult | FileRefusal): FileContent => ({
  is: 'isData' in result ? 'data' : 'graph',
  result,
});

/**
 * Recognises a file by its content, since names are changed and lost. Bounded in time and memory for any file; rejects
 * only where its bytes cannot be had.
 */
export async function readFile(source: FileSource): Promise<FileContent> {
  const { name, size } = source;
  const head = await source.read(0, HEAD);
  if (size === 0 || head.length === 0) return graph(empty);
  if (isSafetensors(head, size)) return { is: 'weights' };
  const refused = await refuseKnown(source, head);
  if (refused) return graph(refused);
  // Meant as weights, and broken: the reader of weights says how.
  if (/\.safetensors$/i.test(name)) return { is: 'weights' };
  const isTable = /\.(csv|tsv|tab)$/i.test(name);
  if (size > MOST_BYTES) return graph(isTable ? tableFile : tooLarge(source));
  const text = decodeText(await source.read(0, size));
  const result = text === undefined ? unknown : await readText(text);
  // Meant as a table, and broken: the reader of tables says how.
  return graph(isTable && !result.ok && !('isData' in result) ? tableFile : result);
}

async function refuseKnown(source: FileSource, head: Uint8Array): Promise<FileRefusal | undefined> {
  const { name, size } = source;
  if (startsWith(head, 'PK\u0003\u0004') || startsWith(head, 'PK\u0005\u0006'))
    return refuseZip(name, await source.read(Math.max(0, size - TAIL), size));
  if (startsWith(head, [0x1f, 0x8b])) return refuseGzip(name, head);
  return refuseBinary({ name, size, head });
}

/** The graph of a text: as JSON, or in a link. */
async function readText(text: string): Promise<ParseResult | FileRefusal> {
  const start = text.trimStart()[0];
  if (start === undefined) return empty;
  if (start !== '{' && start !== '[') return hasLink(text) ? readLink(text) : refuseText(text);
  const parsed = parseDocument(text);
  if (parsed.ok) return parsed;
  const code = parsed.diagnostics[0]?.code;
  if (code === 'not-a-graph') return refuseJson(JSON.parse(text));
  const cut = code === 'not-json' ? whereCut(text) : undefined;
  return cut ? cutOff(cut) : parsed;
}

/** The graph of a file, for those who can do nothing with weights alone. */
export async function readGraph(source: FileSource): Promise<ParseResult> {
  const content = await readFile(source);
  if (content.is !== 'weights') return content.result;
  const document = await documentOf(source);
  return document === undefined ? weightsAlone : parseDocument(document);
}

/** A length, and JSON that begins right behind it. */
const isSafetensors = (head: Uint8Array, size: number): boolean => {
  const length = littleEndian(head, 0, 8);
  return length >= 2 && length <= size - 8 && /^\{\s*["}]/.test(String.fromCharCode(...head.subarray(8, 16)));
};

const MOST_HEADER = 16_000_000;

/** The document that “Save with weights” puts beside the weights. */
async function documentOf(source: FileSource): Promise<string | undefined> {
  const end = 8 + Math.min(littleEndian(await source.read(0, 8), 0, 8), MOST_HEADER);
  try {
    const header = JSON.parse(new TextDecoder().decode(await source.read(8, end)));
    const document: unknown = header.__metadata__?.ganvas;
    return typeof document === 'string' ? document : undefined;
  } catch {
    return undefined;
  }
}

const empty = refuseFile('file-empty', 'This file is empty.', OPENS);

const tableFile = refuseData('file-table', 'This is a table; there is no graph in it.');

const unknown = refuseFile('file-unknown', 'This is no text, and of no format that Ganvas knows.', OPENS);

const weightsAlone = refuseFile(
  'file-weights',
  'These are weights without a graph.',
  'Open the graph that they belong to in the editor, then this file.',
);

const tooLarge = ({ name, size }: FileSource): FileRefusal =>
  refuseFile(
    'file-too-large',
    `“${name}” has ${(size / 1e6).toFixed(1)} MB; a Ganvas document has at most ${MOST_BYTES / 1e6} MB.`,
    'Open a .json file that Ganvas saved.',
  );

const cutOff = ({ characters, line, path }: Cut): FileRefusal =>
  refuseFile(
    'file-cut',
    `This JSON is cut off: it ends after ${formatCount(characters)} characters, on line ${formatCount(line)}${path ? `, in ${path}` : ''}.`,
    'Nothing of it was opened. Copy or download the whole file again.',
  );
