/**
 * `npm run tidy`: lays the examples out as Tidy does in the editor, all or those named, and writes their positions
 * back. Everything else of the files stays as it is written, line by line.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGraph } from '@/lib/check/check';
import { type Graph, graphSchema } from '@/lib/graph/schema';
import { tidy } from '@/lib/layout/tidy';

const folder = join(import.meta.dirname, '../lib/examples');
const named = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .filter((name) => named.length === 0 || named.includes(name));

for (const name of names) {
  const path = join(folder, `${name}.json`);
  const before = readFileSync(path, 'utf8');
  const graph = graphSchema.parse(JSON.parse(before)) as Graph;
  const after = withPositions(before, (await tidy(checkGraph(graph)))(graph));
  if (after !== before) writeFileSync(path, after);
  console.log(`${name}: ${after === before ? 'as it was' : 'laid out'}`);
}

/** A network or node is one line of the file, which begins with its id. */
function withPositions(text: string, { networks, nodes }: Graph): string {
  let result = text;
  for (const { id, at } of [...networks, ...nodes]) {
    const place = new RegExp(`(\\{"id": "${id}",.*?"at": )\\[[^\\]]*\\]`);
    if (!place.test(result)) throw new Error(`No line of ${id} with a position`);
    result = result.replace(place, `$1[${at.join(', ')}]`);
  }
  for (const { id, size } of networks)
    result = result.replace(
      new RegExp(`(\\{"id": "${id}",.*?"size": )\\[[^\\]]*\\]`),
      `$1[${size.join(', ')}]`,
    );
  return result;
}
