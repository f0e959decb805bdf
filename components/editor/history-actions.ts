import { Redo2, Undo2 } from 'lucide-react';
import type { Stores } from '@/components/hooks/stores';
import { redoLabel, undoLabel } from '@/lib/store/editor';
import type { Action } from './actions';

export function historyActions({ editor, session }: Stores): readonly Action[] {
  return [
    {
      id: 'undo',
      label: 'Undo',
      group: 'Edit',
      keys: ['Mod+Z'],
      unchanged: true,
      icon: Undo2,
      enabled: () => undoLabel(editor.getState()) !== undefined,
      run() {
        const label = undoLabel(editor.getState());
        editor.undo();
        session.announce(`Undone: ${label}`);
      },
    },
    {
      id: 'redo',
      label: 'Redo',
      group: 'Edit',
      keys: ['Shift+Mod+Z', 'Mod+Y'],
      unchanged: true,
      icon: Redo2,
      enabled: () => redoLabel(editor.getState()) !== undefined,
      run() {
        const label = redoLabel(editor.getState());
        editor.redo();
        session.announce(`Redone: ${label}`);
      },
    },
  ];
}
