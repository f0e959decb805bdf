import { nameOf } from '@/lib/check/draft';
import type { GraphNode } from '@/lib/graph/schema';

/** A message around the name of the node or network that it is about, or undefined where it does not name it. */
export function splitMessage(
  message: string,
  about: Pick<GraphNode, 'id' | 'title'>,
): readonly [before: string, after: string] | undefined {
  const name = nameOf(about);
  const isPart = (character: string | undefined) => character !== undefined && /[\w-]/.test(character);
  for (let at = message.indexOf(name); at >= 0; at = message.indexOf(name, at + 1))
    if (!isPart(message[at - 1]) && !isPart(message[at + name.length]))
      return [message.slice(0, at), message.slice(at + name.length)];
  return undefined;
}
