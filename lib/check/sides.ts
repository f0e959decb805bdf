import type { InputPort } from '@/lib/nodes/define';
import { type Draft, type DraftNode, listNames } from './draft';
import { networksOf, type Player, upstream } from './game';
import { mention, mentionEnd } from './mention';

/**
 * Real and fake that changed places: what a player's networks make arrives on a side that its cost does not look
 * at, and something else on the side that it does. True where some did.
 */
export function checkSides(
  draft: Draft,
  { node: player, networks, needed, path }: Player<DraftNode>,
): boolean {
  let isSwapped = false;
  const reached = networksOf(path);
  for (const [loss, outputs] of needed) {
    const sides = [...outputs].map((output) => findSwapped(draft, loss, output, networks)).find(Boolean);
    if (!sides) continue;
    isSwapped = true;
    const [seen, unseen] = sides;
    const ends = [seen, unseen].map((port) => loss.wiredFrom.get(port.name)?.[0]);
    const wires = ends.map((end) => end && draft.graph.wires[end.wire]);
    const [first, second] = ends.map((end) => (end ? mentionEnd('output', end) : ''));
    const makers = listNames([...networks].map(mention));
    draft.diagnostics.push({
      code: 'real-fake-swapped',
      severity: [...networks].some((id) => reached.has(id)) ? 'warning' : 'error',
      node: loss.node.id,
      port: seen.name,
      message: `${seen.name} and ${unseen.name} of ${mention(loss.node.id)} seem to have changed places: what ${makers} makes comes in as ${unseen.name}, through ${second}, and as ${seen.name} comes ${first}, which no θ of ${mention(player.node.id)} has a part in.`,
      hint: `Wire what ${makers} makes into ${seen.name}.`,
      ...(wires[0] &&
        wires[1] && {
          fix: {
            type: 'swap-wires',
            label: `Swap ${unseen.name} and ${seen.name}`,
            wires: [wires[0], wires[1]],
          },
        }),
    });
  }
  return isSwapped;
}

/** The side that an output of a loss gets a gradient from, and one that it gets none from; where they changed places. */
function findSwapped(
  draft: Draft,
  { inputs, outputs, wiredFrom, definition }: DraftNode,
  output: string,
  networks: ReadonlySet<string>,
): readonly [seen: InputPort, unseen: InputPort] | undefined {
  if (definition?.role !== 'loss') return undefined;
  const needs = outputs.find(({ name }) => name === output)?.needs;
  const isSeen = ({ name, constant }: InputPort) => !constant && (needs?.includes(name) ?? true);
  const sides = inputs.filter(({ type, optional }) => type === 'tensor' && !optional);
  if (sides.every(isSeen)) return undefined;
  const applied = ({ name }: InputPort) =>
    networksOf(upstream(draft.nodes, wiredFrom.get(name) ?? []).keys());
  const made = sides.filter((port) => !isSeen(port) && [...networks].some((id) => applied(port).has(id)));
  const [[seen, ...others], [unseen, ...more]] = [sides.filter(isSeen), made];
  if (!seen || !unseen || others.length + more.length > 0) return undefined;
  // With a generator on either side, as in BiGAN, neither is data.
  const there = applied(unseen);
  return [...applied(seen)].every((id) => there.has(id) && !networks.has(id)) ? [seen, unseen] : undefined;
}
