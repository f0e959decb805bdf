import type { Block, GraphNode } from '@/lib/graph/schema';
import { limits } from '@/lib/graph/schema';
import { takeFreshId } from './edited';

/** The blocks that nodes use, and those that these use, in the document's order. */
export function blocksOf(blocks: readonly Block[], nodes: readonly GraphNode[]): readonly Block[] {
  const used = new Set<string>();
  const open = [...nodes];
  for (let node = open.pop(); node; node = open.pop()) {
    const block = blocks.find(({ id }) => id === node?.block);
    if (!block || used.has(block.id)) continue;
    used.add(block.id);
    open.push(...block.nodes);
  }
  return blocks.filter(({ id }) => used.has(id));
}

/**
 * Blocks of another document beside those that are there. One that is there already is taken as it is; one that
 * only has the same id gets a fresh one, which `inNode` follows. Beyond the limit they are left out.
 */
export function mergeBlocks(present: readonly Block[], coming: readonly Block[]) {
  const taken = new Set(present.map(({ id }) => id));
  const ids = new Map<string, string>();
  const added: Block[] = [];
  for (const block of coming) {
    const same = present.find(({ id }) => id === block.id);
    if (same && JSON.stringify(same) === JSON.stringify(block)) continue;
    if (present.length + added.length >= limits.blocks) break;
    ids.set(block.id, takeFreshId(taken, block.id));
    added.push(block);
  }
  const inNode = (node: GraphNode): GraphNode => {
    const id = node.block === undefined ? undefined : ids.get(node.block);
    return id === undefined || id === node.block ? node : { ...node, block: id };
  };
  const renamed = added.map((block) => ({
    ...block,
    id: ids.get(block.id) ?? block.id,
    nodes: block.nodes.map(inNode),
  }));
  return { blocks: added.length > 0 ? [...present, ...renamed] : present, inNode };
}
