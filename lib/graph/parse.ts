import type * as z from 'zod';
import { formatCount } from '@/lib/util/format-count';
import type { Diagnostic } from './diagnostic';
import { type Migration, migrate } from './migrate';
import { FORMAT_VERSION, type Graph, graphSchema, limits } from './schema';

export type ParseResult =
  | { readonly ok: true; readonly graph: Graph }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const refuse = (code: string, message: string, hint?: string, path?: string): ParseResult => ({
  ok: false,
  diagnostics: [{ code, severity: 'error', message, ...(hint && { hint }), ...(path && { path }) }],
});

/** JSON text to a graph, or diagnostics; bounded in time and memory for any input. */
export function parseGraphText(text: string, migrations: readonly Migration[] = []): ParseResult {
  if (text.length > limits.text)
    return refuse(
      'document-too-large',
      `The document has ${formatCount(text.length)} characters; at most ${formatCount(limits.text)} are read.`,
    );
  const depth = nestingDepth(text);
  if (depth > limits.depth)
    return refuse('document-too-deep', `The JSON is nested more than ${limits.depth} levels deep.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(
      'not-json',
      `This is not JSON${sayBreak(String(error), text)}.`,
      'Open a file that Ganvas saved (.json).',
    );
  }
  return parseGraph(value, migrations);
}

/** Where a parser stopped, in words of our own: each browser has others, and not all say where. */
function sayBreak(said: string, text: string): string {
  const position = /\bposition (\d+)/.exec(said)?.[1];
  if (/\bend of\b/i.test(said) || Number(position) >= text.length) return ': it ends too early';
  const before = position === undefined ? undefined : text.slice(0, Number(position)).split('\n');
  const [, line = before?.length, column = before && (before.at(-1) as string).length + 1] =
    /\bline (\d+),? column (\d+)/.exec(said) ?? [];
  return line === undefined ? '' : `: line ${line}, column ${column} has what JSON does not allow there`;
}

/** Deepest nesting of brackets outside strings, counted up to the limit. */
export function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i++;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) {
      if (++depth > deepest) deepest = depth;
      if (deepest > limits.depth) return deepest;
    } else if (code === 125 || code === 93) depth--;
  }
  return deepest;
}

/** A JSON value to a graph: migrate first, validate second, then ids. Never throws on user input. */
export function parseGraph(value: unknown, migrations: readonly Migration[] = []): ParseResult {
  if (typeof value !== 'object' || value === null || (value as { format?: unknown }).format !== 'ganvas')
    return refuse(
      'not-a-graph',
      'This is not a Ganvas document: its "format" is not "ganvas".',
      'Open a file that Ganvas saved (.json).',
    );
  const version = (value as { version?: unknown }).version;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return refuse(
      'version-invalid',
      `The document's version is ${JSON.stringify(version)?.slice(0, 40)}; expected a whole number.`,
      undefined,
      'version',
    );
  if (version > FORMAT_VERSION)
    return refuse(
      'version-newer',
      `This document has version ${version}; this Ganvas reads up to version ${FORMAT_VERSION}.`,
      'Reload the page to get the newest Ganvas, or ask for a copy saved by an older one.',
    );
  let migrated: unknown;
  try {
    migrated = migrate(value as Record<string, unknown>, FORMAT_VERSION, migrations);
  } catch (error) {
    // A damaged old document can trip a migration, which runs before validation.
    return refuse(
      'migration-failed',
      `The document of version ${version} could not be brought up to date: ${String(error).slice(0, 200)}`,
    );
  }
  const result = graphSchema.safeParse(migrated);
  if (!result.success) return { ok: false, diagnostics: result.error.issues.slice(0, 50).map(toDiagnostic) };
  const graph = result.data as Graph;
  const duplicates = findDuplicateIds(graph);
  return duplicates.length > 0 ? { ok: false, diagnostics: duplicates } : { ok: true, graph };
}

function toDiagnostic(issue: z.core.$ZodIssue): Diagnostic {
  const path = formatPath(issue.path);
  return { code: 'schema', severity: 'error', path, message: `At ${path || 'the top'}: ${issue.message}` };
}

/** `nodes[3].params.units` */
export const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );

function findDuplicateIds(graph: Graph): Diagnostic[] {
  const seen = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const visit = (id: string, path: string) => {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, path);
    else if (diagnostics.length < 50)
      diagnostics.push({
        code: 'duplicate-id',
        severity: 'error',
        path,
        message: `At ${path}: the id "${id}" is already used at ${first}; networks and nodes share one namespace.`,
      });
  };
  const visitAll = (inside: Pick<Graph, 'networks' | 'nodes'>, path: string) => {
    seen.clear();
    inside.networks.forEach((network, i) => {
      visit(network.id, `${path}networks[${i}].id`);
    });
    inside.nodes.forEach((node, i) => {
      visit(node.id, `${path}nodes[${i}].id`);
    });
  };
  visitAll(graph, '');
  graph.blocks.forEach((inside, i) => {
    visitAll(inside, `blocks[${i}].`);
  });
  seen.clear();
  graph.blocks.forEach((block, i) => {
    visit(block.id, `blocks[${i}].id`);
  });
  return diagnostics;
}

/**
 * A graph as JSON text, in the field order of the schema, one node and wire a line. Parameters are kept as
 * they are, unknown kinds and all.
 */
export function formatGraph(graph: Graph): string {
  const line = (value: unknown) => JSON.stringify(value);
  const lines = (values: readonly unknown[]) =>
    values.length === 0 ? '[]' : `[\n${values.map((value) => `    ${line(value)}`).join(',\n')}\n  ]`;
  const { format, version, title, about, settings, blocks, networks, nodes, wires } = graph;
  const fields = [
    `"format": ${line(format)}`,
    `"version": ${line(version)}`,
    `"title": ${line(title)}`,
    `"about": ${line(about)}`,
    `"settings": ${line(settings)}`,
    ...(blocks.length > 0 ? [`"blocks": ${lines(blocks)}`] : []),
    `"networks": ${lines(networks)}`,
    `"nodes": ${lines(nodes)}`,
    `"wires": ${lines(wires)}`,
  ];
  return `{\n  ${fields.join(',\n  ')}\n}\n`;
}
