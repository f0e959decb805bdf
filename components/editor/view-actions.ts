import {
  Command,
  Footprints,
  Keyboard,
  Map as MapIcon,
  Maximize,
  PanelLeft,
  PanelRight,
  ScanEye,
  Signpost,
  Spline,
  Thermometer,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import type { View } from '@/components/canvas/view';
import type { Stores } from '@/components/hooks/stores';
import { prefixOf } from '@/lib/check/blocks/inside';
import { xrayTargets } from '@/lib/check/xray-targets';
import { checkedOf } from '@/lib/edit/checked-of';
import type { Panel } from '@/lib/store/session';
import type { Action } from './actions';
import { selectedIds, selectionOf } from './selection';

/** Looking around, panels, help. */
export function viewActions(stores: Stores, view: View): readonly Action[] {
  const { editor, session } = stores;
  const ids = () => selectedIds(stores);
  const targets = () => {
    const { shown, path } = editor.getState();
    return xrayTargets(checkedOf(shown), prefixOf(path), selectionOf(stores));
  };
  const togglePanel = (panel: Panel) => session.setPanel(panel, !session.getState().panels[panel]);
  return [
    {
      id: 'tour',
      label: 'Take the tour',
      group: 'View',
      icon: Signpost,
      run: () => session.setState({ tour: 0 }),
    },
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
        const { shown: graph } = editor.getState();
        session.setState(({ thetaWires }) => ({ thetaWires: !(thetaWires ?? graph.networks.length <= 6) }));
      },
    },
    {
      id: 'tint',
      label: 'Colour layers by how they learn, or not',
      group: 'View',
      icon: Thermometer,
      run: () => session.setState(({ tint }) => ({ tint: tint ? undefined : 'gradient' })),
    },
    {
      id: 'xray',
      label: 'X-ray of the selection',
      group: 'View',
      keys: ['X'],
      icon: ScanEye,
      enabled: () => targets().length > 0,
      run: () => session.openXrays(targets()),
    },
    {
      id: 'slow-motion',
      label: 'Slow motion on or off',
      group: 'Training',
      keys: ['W'],
      icon: Footprints,
      run: () => session.setState(({ slowMotion }) => ({ slowMotion: !slowMotion })),
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
