import { existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { checkGraph } from '@/lib/check/check';
import type { Checked } from '@/lib/check/checked';
import { parseDocumentValue } from '@/lib/check/parse';
import { findExample } from '@/lib/examples/catalogue';
import { type Diagnostic, hasErrors } from '@/lib/graph/diagnostic';
import type { ParseResult } from '@/lib/graph/parse';
import { type Graph, limits } from '@/lib/graph/schema';
import { type FileSource, fromBytes } from '@/lib/share/files/file-source';
import { readGraph } from '@/lib/share/files/read-file';
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

/** A graph that can be compiled; undefined where it has errors, which go to standard error. */
export function checkLoaded(graph: Graph): Checked | undefined {
  const checked = checkGraph(graph);
  if (!hasErrors(checked.diagnostics)) return checked;
  printDiagnostics(checked.diagnostics.filter(({ severity }) => severity === 'error'));
  return undefined;
}

async function parse(name: string): Promise<ParseResult> {
  if (name === '-') return readGraph(fromBytes('standard input', await readInput()));
  const example = findExample(name);
  if (example) return parseDocumentValue(example.document);
  if (existsSync(name)) {
    if (!statSync(name).isFile()) throw new UsageError(`"${name}" is not a file.`);
    return readGraph(fromDisk(name));
  }
  if (hasLink(name) || isAddress(name)) return readLink(name);
  throw new UsageError(`There is no file and no example "${name}".`);
}

/** Meant as a link, whether there is a graph in it or not. */
const isAddress = (name: string): boolean => /^[a-z]+:\/\//i.test(name) || name.startsWith('#');

/** A file on the disk, read by pieces: one that is no graph may be of any size. */
function fromDisk(path: string): FileSource {
  const { size } = statSync(path);
  return {
    name: basename(path),
    size,
    async read(start, end) {
      const file = await open(path);
      try {
        const buffer = new Uint8Array(Math.max(0, Math.min(end, size) - start));
        const { bytesRead } = await file.read({ buffer, position: start });
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

/** A character takes a byte at least, so what is longer cannot hold a document; it is not read. */
const MOST_BYTES = 4 * limits.text;

async function readInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY) process.stderr.write('Paste a document or a link, then press Ctrl+D.\n');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES)
      throw new UsageError(`Standard input has more than the ${MOST_BYTES} bytes of the longest document.`);
  }
  return Buffer.concat(chunks);
}

export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
}

/** `error shape-mismatch at g-dense-2.in: ... (hint)` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { severity, code, node, port, message, hint, snippet } = diagnostic;
  const place = node ? ` at ${node}${port ? `.${port}` : ''}` : '';
  const lines = snippet?.split('\n').map((line) => `\n  ${line}`) ?? [];
  return `${severity} ${code}${place}: ${message}${hint ? ` (${hint})` : ''}${lines.join('')}`;
}
