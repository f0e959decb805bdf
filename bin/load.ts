import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseDocument, parseDocumentValue } from '@/lib/check/parse';
import { findExample } from '@/lib/examples/catalogue';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { ParseResult } from '@/lib/graph/parse';
import { type Graph, limits } from '@/lib/graph/schema';
import { UsageError } from './usage';

/** A graph from a file or an example's id. Diagnostics of a bad document go to standard error. */
export function loadGraph(name: string | undefined): Graph | undefined {
  if (name === undefined) throw new UsageError('Which graph? Give a file or an example’s id (see: list).');
  const parsed = parse(name);
  if (parsed.ok) return parsed.graph;
  printDiagnostics(parsed.diagnostics);
  return undefined;
}

function parse(name: string): ParseResult {
  const example = findExample(name);
  if (example) return parseDocumentValue(example.document);
  if (!existsSync(name)) throw new UsageError(`There is no file and no example "${name}".`);
  if (!statSync(name).isFile()) throw new UsageError(`"${name}" is not a file.`);
  // A character takes a byte at least, so a longer file cannot hold a document; it is not read.
  const { size } = statSync(name);
  if (size > 4 * limits.text) throw new UsageError(`"${name}" has ${size} bytes; a document has fewer.`);
  return parseDocument(readFileSync(name, 'utf8'));
}

export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
}

/** `error shape-mismatch at g-dense-2.in: ... (hint)` */
export function formatDiagnostic({ severity, code, node, port, message, hint }: Diagnostic): string {
  const place = node ? ` at ${node}${port ? `.${port}` : ''}` : '';
  return `${severity} ${code}${place}: ${message}${hint ? ` (${hint})` : ''}`;
}
