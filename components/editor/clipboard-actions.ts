import { Clipboard, Copy, CopyPlus, Scissors } from 'lucide-react';
import type { Stores } from '@/components/hooks/stores';
import { duplicateSelection } from '@/lib/edit/clipboard';
import type { Action } from './actions';
import type { Clipboarding } from './clipboard';
import { describeSelection, isEmpty, selectionOf } from './selection';

export function clipboardActions(stores: Stores, clipboard: Clipboarding): readonly Action[] {
  const { editor, session } = stores;
  const hasSelection = () => !isEmpty(selectionOf(stores));
  return [
    {
      id: 'cut',
      label: 'Cut',
      group: 'Edit',
      keys: ['Mod+X'],
      native: true,
      icon: Scissors,
      enabled: hasSelection,
      run: () => void clipboard.cut(),
    },
    {
      id: 'copy',
      label: 'Copy',
      group: 'Edit',
      keys: ['Mod+C'],
      native: true,
      icon: Copy,
      enabled: hasSelection,
      run: () => void clipboard.copy(),
    },
    {
      id: 'paste',
      label: 'Paste',
      group: 'Edit',
      keys: ['Mod+V'],
      native: true,
      icon: Clipboard,
      run: () => void clipboard.paste(),
    },
    {
      id: 'duplicate',
      label: 'Duplicate',
      group: 'Edit',
      keys: ['Shift+D'],
      icon: CopyPlus,
      enabled: hasSelection,
      run() {
        const selection = selectionOf(stores);
        const pasted = duplicateSelection(editor.getState().shown, selection);
        if (!pasted.ok) {
          session.announce(pasted.diagnostics[0]?.message ?? 'Nothing was duplicated');
          return;
        }
        editor.commit(`Duplicate ${describeSelection(selection)}`, () => pasted.graph);
        session.select([...pasted.selection.networks, ...pasted.selection.nodes]);
      },
    },
  ];
}
