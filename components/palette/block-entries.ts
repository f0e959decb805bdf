import { blocksOf } from '@/lib/edit/merge-blocks';
import { type Block, type Graph, USE } from '@/lib/graph/schema';
import type { MyBlock } from '@/lib/store/my-blocks';
import { quantity } from '@/lib/util/sentence';
import type { Entry } from './entry';

/** Blocks as entries of the palette: the document's, but those that would hold themselves; and the user's own. */
export const blockEntries = ({ blocks, inside }: Pick<Graph, 'blocks' | 'inside'>): readonly Entry[] =>
  blocks
    .filter((block) => !holds(blocks, block, inside))
    .map((block) => entryOf(block, 'Blocks of this graph', `block ${block.id}`));

export const myBlockEntries = (mine: readonly MyBlock[]): readonly Entry[] =>
  mine.flatMap(({ id, clip }): Entry[] => {
    const block = clip.blocks.find((each) => each.id === clip.nodes[0]?.block);
    return block ? [{ ...entryOf(block, 'My blocks', `mine ${id}`), clip }] : [];
  });

const entryOf = (block: Block, category: string, key: string): Entry => ({
  key: `${block.name} ${key}`,
  kind: USE,
  block: block.id,
  title: block.name,
  category,
  summary: block.about || `A block of ${quantity(block.nodes.length, 'node')}.`,
  keywords: ['block', category],
  place: block.place,
});

const holds = (blocks: readonly Block[], block: Block, inside: string | undefined): boolean =>
  inside !== undefined &&
  (block.id === inside || blocksOf(blocks, block.nodes).some(({ id }) => id === inside));
