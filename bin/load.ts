import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseDocument, parseDocumentValue } from '@/lib/check/parse';
import { findExample } from '@/lib/examples/catalogue';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { ParseResult } from '@/lib/graph/parse';
import { type Graph, limits } from '@/lib/graph/schema';
import { hasLink } from '@/lib/share/find-link';
import { readLink } from '@/lib/share/read-link';
import { UsageError } from './usage';

/**
 * A graph from an example's id, a file, a link, or with `-` from standard input. A file and standard input hold
 * a document, or text with a link in it. Diagnostics of a bad one go to standard error.
 */
export async function loadGraph(name: string | undefined): Promise<Graph | undefined> {
  if (name === undefined)
    throw new UsageError('Which graph? Give a file, a link, an example’s id (see: list), or - to read one.');
  const parsed = await parse(name);
  if (parsed.ok) return parsed.graph;
  printDiagnostics(parsed.diagnostics);
  return undefined;
}

async function parse(name: string): Promise<ParseResult> {
  if (name === '-') return parseText(await readInput());
  const example = findExample(name);
  if (example) return parseDocumentValue(example.document);
  if (existsSync(name)) return parseText(readText(name));
  if (hasLink(name) || isAddress(name)) return readLink(name);
  throw new UsageError(`There is no file and no example "${name}".`);
}

/** Meant as a link, whether there is a graph in it or not. */
const isAddress = (name: string): boolean => /^[a-z]+:\/\//i.test(name) || name.startsWith('#');

const parseText = (text: string): Promise<ParseResult> | ParseResult =>
  !text.trimStart().startsWith('{') && hasLink(text) ? readLink(text) : parseDocument(text);

/** A character takes a byte at least, so what is longer cannot hold a document; it is not read. */
const MOST_BYTES = 4 * limits.text;

function readText(path: string): string {
  const stat = statSync(path);
  if (!stat.isFile()) throw new UsageError(`"${path}" is not a file.`);
  if (stat.size > MOST_BYTES)
    throw new UsageError(`"${path}" has ${stat.size} bytes; a document has at most ${MOST_BYTES}.`);
  return readFileSync(path, 'utf8');
}

async function readInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Paste a document or a link, then press Ctrl+D.\n');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES)
      throw new UsageError(`Standard input has more than the ${MOST_BYTES} bytes of the longest document.`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
}

/** `error shape-mismatch at g-dense-2.in: ... (hint)` */
export function formatDiagnostic({ severity, code, node, port, message, hint }: Diagnostic): string {
  const place = node ? ` at ${node}${port ? `.${port}` : ''}` : '';
  return `${severity} ${code}${place}: ${message}${hint ? ` (${hint})` : ''}`;
}
