import { Boxes, CopyMinus, CornerLeftUp, LogIn, PackageOpen, Save } from 'lucide-react';
import { enterUse } from '@/components/canvas/enter-use';
import type { Stores } from '@/components/hooks/stores';
import { makeIndependent } from '@/lib/edit/blocks';
import { copySelection, duplicateSelection } from '@/lib/edit/clipboard';
import { blockOf, makeBlock } from '@/lib/edit/make-block';
import { unpackBlock } from '@/lib/edit/unpack-block';
import type { Action } from './actions';
import { selectionOf } from './selection';

/** Blocks: made of a selection, entered, left, unpacked, kept. */
export function blockActions(stores: Stores): readonly Action[] {
  const { editor, session, mine } = stores;
  /** The one use of a block that is selected, and its block. */
  const chosen = () => {
    const { nodes, networks } = selectionOf(stores);
    const { shown } = editor.getState();
    const use =
      nodes.length === 1 && networks.length === 0 ? shown.nodes.find(({ id }) => id === nodes[0]) : undefined;
    const block = shown.blocks.find(({ id }) => id === use?.block);
    return use && block && { use, block };
  };
  const isUse = () => chosen() !== undefined;
  return [
    {
      id: 'make-block',
      label: 'Make a block of the selection',
      group: 'Blocks',
      keys: ['Mod+G'],
      icon: Boxes,
      enabled: () => selectionOf(stores).nodes.length + selectionOf(stores).networks.length > 0,
      run() {
        const { shown } = editor.getState();
        const selection = selectionOf(stores);
        const found = blockOf(shown, selection);
        if ('problem' in found) return session.announce(found.problem);
        const made = makeBlock(shown, selection, freeName(shown.blocks.map(({ name }) => name)));
        if (made.ids.length === 0) return session.announce('The document is full of blocks.');
        editor.commit('Make a block', () => made.graph);
        session.select(made.ids);
        session.announce('Made a block. Its name is in the inspector; a double click enters it.');
      },
    },
    {
      id: 'enter-block',
      label: 'Enter the block',
      group: 'Blocks',
      keys: ['I'],
      icon: LogIn,
      enabled: isUse,
      run: () => void enterUse(stores, chosen()?.use.id),
    },
    {
      id: 'leave-block',
      label: 'Leave the block',
      group: 'Blocks',
      keys: ['U'],
      icon: CornerLeftUp,
      enabled: () => editor.getState().path.length > 0,
      run() {
        const { path } = editor.getState();
        session.select(path.slice(-1));
        editor.enter(path.slice(0, -1));
      },
    },
    {
      id: 'unpack-block',
      label: 'Unpack the block',
      group: 'Blocks',
      keys: ['Shift+Mod+G'],
      icon: PackageOpen,
      enabled: isUse,
      run() {
        const id = chosen()?.use.id;
        if (id === undefined) return;
        const unpacked = unpackBlock(editor.getState().shown, id);
        if (unpacked.ids.length === 0) return session.announce('The document has no room for what is in it.');
        editor.commit('Unpack the block', () => unpacked.graph);
        session.select(unpacked.ids);
      },
    },
    {
      id: 'duplicate-loose',
      label: 'Duplicate as a block of its own',
      group: 'Blocks',
      icon: CopyMinus,
      enabled: isUse,
      run() {
        const id = chosen()?.use.id;
        if (id === undefined) return;
        const copied = duplicateSelection(editor.getState().shown, { nodes: [id], networks: [] });
        if (!copied.ok) return session.announce(copied.diagnostics[0]?.message ?? 'Nothing was duplicated');
        const [copy = ''] = copied.selection.nodes;
        editor.commit('Duplicate loose', () => makeIndependent(copied.graph, copy));
        session.select([copy]);
      },
    },
    {
      id: 'keep-block',
      label: 'Keep in My blocks',
      group: 'Blocks',
      icon: Save,
      enabled: isUse,
      async run() {
        const found = chosen();
        if (!found) return;
        const clip = copySelection(editor.getState().shown, { nodes: [found.use.id], networks: [] });
        const isKept = await mine.keep(found.block.name, clip);
        session.announce(
          isKept
            ? `${found.block.name} is in My blocks, in the palette of every graph.`
            : 'This browser did not keep the block: it has no room, or forbids it.',
        );
      },
    },
  ];
}

function freeName(taken: readonly string[]): string {
  let name = 'Block';
  for (let n = 2; taken.includes(name); n++) name = `Block ${n}`;
  return name;
}
