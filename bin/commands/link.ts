import { MOST_LINK } from '@/lib/share/find-link';
import { encodeLink } from '@/lib/share/link';
import { parseArguments } from '../arguments';
import { loadGraph } from '../load';
import { UsageError } from '../usage';

const count = (value: number): string => value.toLocaleString('en');

/** The whole graph in a link. */
export async function link(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    origin: { type: 'string', default: 'http://localhost:3000' },
  });
  const graph = await loadGraph(positionals[0]);
  if (!graph) return 2;
  const text = `${values.origin}/edit#${await encodeLink(graph)}`;
  if (text.length > MOST_LINK)
    throw new UsageError(
      `The link would have ${count(text.length)} characters; at most ${count(MOST_LINK)} are read. Share the document as a file instead.`,
    );
  process.stdout.write(`${text}\n`);
  return 0;
}
