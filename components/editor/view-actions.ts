import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Command,
  Keyboard,
  type LucideIcon,
  Map as MapIcon,
  Maximize,
  PanelLeft,
  PanelRight,
  Spline,
  WandSparkles,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import type { View } from '@/components/canvas/view';
import type { Stores } from '@/components/hooks/stores';
import { checkedOf } from '@/lib/edit/checked-of';
import type { Alignment } from '@/lib/layout/align';
import type { Panel } from '@/lib/store/session';
import type { Action } from './actions';
import { selectionOf } from './selection';

const alignments: readonly (readonly [Alignment, LucideIcon])[] = [
  ['left', AlignStartVertical],
  ['centre', AlignCenterVertical],
  ['right', AlignEndVertical],
  ['top', AlignStartHorizontal],
  ['middle', AlignCenterHorizontal],
  ['bottom', AlignEndHorizontal],
];

/** Looking around, laying out, panels. */
export function viewActions(stores: Stores, view: View): readonly Action[] {
  const { editor, session } = stores;
  const ids = () => {
    const { nodes, networks } = selectionOf(stores);
    return [...networks, ...nodes];
  };
  const togglePanel = (panel: Panel) => session.setPanel(panel, !session.getState().panels[panel]);
  return [
    {
      id: 'tidy',
      label: 'Tidy up',
      group: 'Arrange',
      icon: WandSparkles,
      async run() {
        const { tidy } = await import('@/lib/layout/tidy');
        const edit = await tidy(checkedOf(editor.getState().graph));
        editor.commit('Tidy up', edit);
        requestAnimationFrame(() => view.fit({ duration: 200 }));
      },
    },
    ...alignments.map(
      ([how, icon]): Action => ({
        id: `align-${how}`,
        label: `Align ${how}`,
        group: 'Arrange',
        icon,
        enabled: () => ids().length > 1,
        async run() {
          const { align } = await import('@/lib/layout/align');
          editor.commit(`Align ${how}`, (graph) => align(graph, checkedOf(graph), ids(), how));
        },
      }),
    ),
    ...(['x', 'y'] as const).map(
      (axis): Action => ({
        id: `distribute-${axis}`,
        label: axis === 'x' ? 'Distribute across' : 'Distribute down',
        group: 'Arrange',
        icon: axis === 'x' ? AlignHorizontalDistributeCenter : AlignVerticalDistributeCenter,
        enabled: () => ids().length > 2,
        async run() {
          const { distribute } = await import('@/lib/layout/align');
          editor.commit('Distribute', (graph) => distribute(graph, checkedOf(graph), ids(), axis));
        },
      }),
    ),
    {
      id: 'fit',
      label: 'Show everything',
      group: 'View',
      keys: ['1'],
      icon: Maximize,
      run: () => view.fit({ duration: 200 }),
    },
    {
      id: 'fit-selection',
      label: 'Show the selection',
      group: 'View',
      keys: ['2'],
      enabled: () => ids().length > 0,
      run: () => view.fit({ ids: ids(), duration: 200, padding: 0.3, maxZoom: 1.5 }),
    },
    {
      id: 'zoom-in',
      label: 'Zoom in',
      group: 'View',
      keys: ['+'],
      icon: ZoomIn,
      run: () => view.zoomIn(),
    },
    {
      id: 'zoom-out',
      label: 'Zoom out',
      group: 'View',
      keys: ['-'],
      icon: ZoomOut,
      run: () => view.zoomOut(),
    },
    {
      id: 'toggle-theta',
      label: 'Show or hide θ wires',
      group: 'View',
      keys: ['T'],
      icon: Spline,
      run() {
        const { graph } = editor.getState();
        session.setState(({ thetaWires }) => ({ thetaWires: !(thetaWires ?? graph.networks.length <= 6) }));
      },
    },
    {
      id: 'toggle-minimap',
      label: 'Show or hide the map',
      group: 'View',
      icon: MapIcon,
      run: () => session.setState(({ minimap }) => ({ minimap: !minimap })),
    },
    {
      id: 'toggle-palette',
      label: 'Show or hide the palette',
      group: 'View',
      icon: PanelLeft,
      run: () => togglePanel('palette'),
    },
    {
      id: 'toggle-inspector',
      label: 'Show or hide the inspector',
      group: 'View',
      icon: PanelRight,
      run: () => togglePanel('inspector'),
    },
    {
      id: 'commands',
      label: 'All commands',
      group: 'Help',
      keys: ['Mod+K'],
      always: true,
      icon: Command,
      run: () => session.setState({ dialog: 'commands' }),
    },
    {
      id: 'keys',
      label: 'Keyboard shortcuts',
      group: 'Help',
      keys: ['?'],
      icon: Keyboard,
      run: () => session.setState({ dialog: 'keys' }),
    },
  ];
}
