import { existsSync, readFileSync } from 'node:fs';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { findExample } from '@/lib/examples/catalogue';

/** The games that `npm run bench` measures, smallest first. */
export const gameIds = [
  'mlp-2d',
  'mlp-2d-gp',
  'gan-lab',
  'mlp-784',
  'dcgan-28',
  'wgan-gp-28',
  'dcgan-32',
  'dcgan-28-wide',
] as const;

/** A game's document: a file beside this one, or an example. */
export function gameDocument(id: string): unknown {
  const file = new URL(`${id}.json`, import.meta.url);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const example = findExample(id);
  if (!example) throw new Error(`There is no game ${id}; the games: ${gameIds.join(', ')}.`);
  return example.document;
}

/** What the check says one iteration takes, in multiply-adds; undefined for a document with mistakes. */
export function multiplyAddsOf(document: unknown): number | undefined {
  const parsed = parseDocumentValue(document);
  return (parsed.ok && checkGraph(parsed.graph).cost.multiplyAdds) || undefined;
}
