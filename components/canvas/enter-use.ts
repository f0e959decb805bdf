import type { Stores } from '@/components/hooks/stores';

/** Shows the inside of the block that a node is a use of; false where it is none. */
export function enterUse({ editor, session }: Stores, id: string | undefined): boolean {
  const { shown, path } = editor.getState();
  const use = id === undefined ? undefined : shown.nodes.find((node) => node.id === id);
  const block = use?.block === undefined ? undefined : shown.blocks.find((each) => each.id === use.block);
  if (!use || !block) return false;
  session.select([]);
  editor.enter([...path, use.id]);
  session.announce(`In the block ${block.name}`);
  return true;
}
