import { encodeLink } from '@/lib/share/link';
import { parseArguments } from '../arguments';
import { loadGraph } from '../load';

/** The whole graph in a link. */
export async function link(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    origin: { type: 'string', default: 'http://localhost:3000' },
  });
  const graph = await loadGraph(positionals[0]);
  if (!graph) return 2;
  process.stdout.write(`${values.origin}/edit#${await encodeLink(graph)}\n`);
  return 0;
}
