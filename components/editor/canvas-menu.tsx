import { ChevronDown, ChevronRight, PanelRight, Pencil, Plus, Waypoints } from 'lucide-react';
import { useAddPoint } from '@/components/canvas/use-add-point';
import { useView } from '@/components/canvas/view';
import { useWireFixes } from '@/components/canvas/wire-offer';
import { useEditor, useSession, useStores } from '@/components/hooks/stores';
import { type Menu, MenuAt, type MenuEntry } from '@/components/ui/menu';
import type { Network } from '@/lib/graph/schema';
import type { Point } from '@/lib/layout/boxes';
import { foldNetwork } from '@/lib/layout/fold-network';
import { type Action, formatKeys } from './actions';
import { useActions } from './actions-context';

/** By id, in the menu's order; a line between groups. */
const withSelection = [
  ['cut', 'copy', 'paste', 'duplicate', 'delete'],
  ['enter-block', 'duplicate-loose', 'unpack-block', 'keep-block'],
  ['xray', 'bypass', 'mute', 'make-network', 'make-block', 'leave-network'],
];
const onCanvas = [
  ['find', 'paste'],
  ['select-all', 'tidy', 'fit'],
];

interface CanvasMenuProps {
  readonly at: Point | undefined;
  readonly onInspect: () => void;
  readonly onClose: () => void;
}

/** What the secondary button offers: for a wire, for a network's frame, for what is selected, for the canvas. */
export function CanvasMenu(props: CanvasMenuProps) {
  const { at } = props;
  const selection = useSession((state) => state.selection);
  const wires = useSession((state) => state.wires);
  const networks = useEditor((state) => state.shown.networks);
  if (!at) return null;
  const shared = { ...props, at };
  const [wire, ...moreWires] = wires;
  if (wire !== undefined && moreWires.length + selection.size === 0)
    return <WireMenu {...shared} wire={wire} />;
  const network = selection.size === 1 ? networks.find(({ id }) => selection.has(id)) : undefined;
  if (network && wires.size === 0) return <FrameMenu {...shared} network={network} />;
  return <ActionsMenu {...shared} groups={selection.size + wires.size > 0 ? withSelection : onCanvas} />;
}

type Opened = CanvasMenuProps & { readonly at: Point };

function ActionsMenu({ at, onClose, groups }: Opened & { readonly groups: readonly (readonly string[])[] }) {
  const actions = useActions();
  return (
    <MenuAt
      at={at}
      entries={inGroups(groups.map((ids) => commands(actions, ids)).filter(hasAny))}
      label="Canvas"
      onClose={onClose}
    />
  );
}

function WireMenu({ at, wire, onInspect, onClose }: Opened & { readonly wire: string }) {
  const { session } = useStores();
  const view = useView();
  const actions = useActions();
  const insert: MenuEntry = {
    label: 'Insert a node here',
    icon: Plus,
    onSelect: () => session.setState({ finder: { at: view.at(at), wire } }),
  };
  const addPointTo = useAddPoint();
  const point: MenuEntry = {
    label: 'Lead it through a point here',
    icon: Waypoints,
    onSelect: () => addPointTo(wire, view.at(at)),
  };
  const entries = inGroups([
    useWireFixes(wire),
    [insert, point, inspectEntry(onInspect), ...commands(actions, ['xray'])],
    commands(actions, ['delete']),
  ]);
  return <MenuAt at={at} entries={entries} label="Wire" onClose={onClose} />;
}

function FrameMenu({ at, network, onInspect, onClose }: Opened & { readonly network: Network }) {
  const { editor, session } = useStores();
  const view = useView();
  const actions = useActions();
  const { id, collapsed } = network;
  const [word, icon] = collapsed ? (['Open', ChevronRight] as const) : (['Fold', ChevronDown] as const);
  const entries = inGroups([
    [
      { label: 'Rename', icon: Pencil, onSelect: onInspect },
      {
        label: word,
        icon,
        onSelect: () => editor.commit(`${word} network`, (graph) => foldNetwork(graph, id, !collapsed)),
      },
      {
        label: 'Add a layer',
        icon: Plus,
        disabled: collapsed,
        onSelect: () => session.setState({ finder: { at: view.at(at) } }),
      },
    ],
    commands(actions, ['copy', 'duplicate']),
    commands(actions, ['delete']).map((entry) => ({ ...entry, label: 'Delete the network' })),
  ]);
  return <MenuAt at={at} entries={entries} label="Network" onClose={onClose} />;
}

const inspectEntry = (onInspect: () => void): MenuEntry => ({
  label: 'Show in the inspector',
  icon: PanelRight,
  onSelect: onInspect,
});

/** Some of it can be done now: a group of which nothing can is not about what is selected. */
const hasAny = (group: readonly { readonly disabled: boolean }[]): boolean =>
  group.some(({ disabled }) => !disabled);

const inGroups = (groups: readonly Menu[]): Menu =>
  groups
    .filter((group) => group.length > 0)
    .flatMap((group, i): Menu => (i === 0 ? group : [{ type: 'separator' }, ...group]));

const commands = (actions: readonly Action[], ids: readonly string[]) =>
  ids.flatMap((id) => actions.filter((action) => action.id === id)).map(entryOf);

const entryOf = ({ id, label, icon, keys, run, enabled }: Action) => ({
  label,
  onSelect: run,
  disabled: enabled?.() === false,
  danger: id === 'delete',
  ...(icon && { icon }),
  ...(keys?.[0] && { shortcut: formatKeys(keys[0]) }),
});
