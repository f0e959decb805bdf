import type { Migration } from '@/lib/graph/migrate';
import { type ParseResult, parseGraph, parseGraphText } from '@/lib/graph/parse';
import type { NodeDefinition } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';

/** Migrations of the document itself, in order. */
const documentMigrations: readonly Migration[] = [
  // What version 1 says means the same; it has no blocks and no points on wires.
  { to: 2, name: 'blocks', up: (document) => document },
];

/** Those of the document and of all kinds: a kind has no version of its own. */
export const migrations: readonly Migration[] = [
  ...documentMigrations,
  ...(registry as readonly NodeDefinition[]).flatMap((definition) => definition.migrations ?? []),
];

/** A whole document from text: a graph, or diagnostics. Bounded in time for any input. */
export const parseDocument = (text: string): ParseResult => parseGraphText(text, migrations);

/** The same from a JSON value. */
export const parseDocumentValue = (value: unknown): ParseResult => parseGraph(value, migrations);
