import { Frame, LogOut, Search, SquareDashedMousePointer, Trash2 } from 'lucide-react';
import { focusNode } from '@/components/canvas/focus-node';
import type { Stores } from '@/components/hooks/stores';
import { makeNetworkAround, nodesForNetwork } from '@/lib/edit/make-network';
import { removeSelection } from '@/lib/edit/remove';
import { setState } from '@/lib/edit/set';
import type { GraphNode } from '@/lib/graph/schema';
import { avoidOverlap } from '@/lib/layout/avoid-overlap';
import { findMisplaced, takeOut } from '@/lib/layout/reparent-dropped';
import type { Action } from './actions';
import { describeSelection, isEmpty, selectionOf } from './selection';

/** Selecting, and edits of what is selected. */
export function selectionActions(stores: Stores): readonly Action[] {
  const { editor, session } = stores;
  const chosen = () => selectionOf(stores);
  const hasSelection = () => !isEmpty(chosen());
  const hasNodes = () => chosen().nodes.length > 0;

  const leavers = () => {
    const { nodes } = chosen();
    const inside = new Set(
      editor.getState().shown.nodes.flatMap(({ id, network }) => (network === undefined ? [] : [id])),
    );
    return nodes.filter((id) => inside.has(id));
  };

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
        const { nodes, networks } = editor.getState().shown;
        // Layers come with their frames.
        session.select([...networks, ...nodes.filter(({ network }) => !network)].map(({ id }) => id));
      },
    },
    {
      id: 'back-to-node',
      label: 'Go back from the inspector to the node',
      group: 'Edit',
      keys: ['Escape'],
      unchanged: true,
      enabled: () =>
        session.getState().selection.size > 0 &&
        document.activeElement?.closest('[aria-label="Inspector"]') !== null,
      run: () => focusNode([...session.getState().selection][0]),
    },
    {
      id: 'cancel-wire',
      label: 'Stop wiring',
      group: 'Edit',
      keys: ['Escape'],
      enabled: () => session.getState().tapping,
      run: () => session.setState({ wiring: undefined, tapping: false }),
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
      label: 'Make a network of the selection',
      group: 'Arrange',
      icon: Frame,
      enabled: () => nodesForNetwork(editor.getState().shown, chosen().nodes).length > 0,
      run() {
        const made = avoidOverlap(makeNetworkAround(editor.getState().shown, chosen().nodes));
        editor.commit('Make a network', () => made.graph);
        session.select(made.ids.slice(0, 1));
      },
    },
    {
      id: 'leave-network',
      label: 'Take out of the network',
      group: 'Arrange',
      icon: LogOut,
      enabled: () => leavers().length > 0,
      run() {
        const ids = leavers();
        const { shown: graph } = editor.getState();
        const taken = takeOut(graph, ids);
        editor.commit('Take out of the network', () => taken);
        const misplaced = findMisplaced(taken, ids);
        if (misplaced.length > 0) session.setState({ offer: misplaced });
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
