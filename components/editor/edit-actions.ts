import {
  Clipboard,
  Copy,
  CopyPlus,
  Frame,
  Redo2,
  Scissors,
  Search,
  SquareDashedMousePointer,
  Trash2,
  Undo2,
} from 'lucide-react';
import type { Stores } from '@/components/hooks/stores';
import { duplicateSelection } from '@/lib/edit/clipboard';
import { makeNetworkAround, nodesToFrame } from '@/lib/edit/make-network';
import { removeSelection } from '@/lib/edit/remove';
import { setState } from '@/lib/edit/set';
import type { GraphNode } from '@/lib/graph/schema';
import { avoidOverlap } from '@/lib/layout/avoid-overlap';
import { redoLabel, undoLabel } from '@/lib/store/editor';
import type { Action } from './actions';
import type { Clipboarding } from './clipboard';
import { describeSelection, isEmpty, selectionOf } from './selection';

/** Edits of what is selected, and the history. */
export function editActions(stores: Stores, clipboard: Clipboarding): readonly Action[] {
  const { editor, session } = stores;
  const chosen = () => selectionOf(stores);
  const hasSelection = () => !isEmpty(chosen());
  const hasNodes = () => chosen().nodes.length > 0;

  /** Bypassed or muted; active again where all are so already. */
  const toggleState = (state: NonNullable<GraphNode['state']>, label: string) => {
    const { nodes } = chosen();
    editor.commit(label, (graph) => {
      const all = graph.nodes.every((node) => !nodes.includes(node.id) || node.state === state);
      return setState(graph, nodes, all ? undefined : state);
    });
  };

  return [
    {
      id: 'undo',
      label: 'Undo',
      group: 'Edit',
      keys: ['Mod+Z'],
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
      icon: Redo2,
      enabled: () => redoLabel(editor.getState()) !== undefined,
      run() {
        const label = redoLabel(editor.getState());
        editor.redo();
        session.announce(`Done again: ${label}`);
      },
    },
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
        const selection = chosen();
        const pasted = duplicateSelection(editor.getState().graph, selection);
        if (!pasted.ok) {
          session.announce(pasted.diagnostics[0]?.message ?? 'Nothing was duplicated');
          return;
        }
        editor.commit(`Duplicate ${describeSelection(selection)}`, () => pasted.graph);
        session.select([...pasted.selection.networks, ...pasted.selection.nodes]);
      },
    },
    {
      id: 'delete',
      label: 'Delete',
      group: 'Edit',
      keys: ['Delete', 'Backspace'],
      icon: Trash2,
      enabled: hasSelection,
      run() {
        const selection = chosen();
        const what = describeSelection(selection);
        editor.commit(`Delete ${what}`, (graph) => removeSelection(graph, selection));
        session.select([]);
        session.announce(`Deleted ${what}`);
      },
    },
    {
      id: 'select-all',
      label: 'Select all',
      group: 'Edit',
      keys: ['Mod+A'],
      icon: SquareDashedMousePointer,
      run() {
        const { nodes, networks } = editor.getState().graph;
        // Layers come with their frames.
        session.select([...networks, ...nodes.filter(({ network }) => !network)].map(({ id }) => id));
      },
    },
    {
      id: 'select-none',
      label: 'Select nothing',
      group: 'Edit',
      keys: ['Escape'],
      enabled: hasSelection,
      run: () => session.select([]),
    },
    {
      id: 'find',
      label: 'Add a node',
      group: 'Edit',
      keys: ['/'],
      icon: Search,
      run: () => session.setState({ finder: {} }),
    },
    {
      id: 'make-network',
      label: 'Make a network of these',
      group: 'Arrange',
      icon: Frame,
      enabled: () => nodesToFrame(editor.getState().graph, chosen().nodes).length > 0,
      run() {
        const made = avoidOverlap(makeNetworkAround(editor.getState().graph, chosen().nodes));
        editor.commit('Make a network', () => made.graph);
        session.select(made.ids.slice(0, 1));
      },
    },
    {
      id: 'bypass',
      label: 'Bypass or activate',
      group: 'Edit',
      keys: ['B'],
      enabled: hasNodes,
      run: () => toggleState('bypassed', 'Bypass'),
    },
    {
      id: 'mute',
      label: 'Mute or activate',
      group: 'Edit',
      keys: ['M'],
      enabled: hasNodes,
      run: () => toggleState('muted', 'Mute'),
    },
  ];
}
