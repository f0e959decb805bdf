import { type Menu, MenuAt, type MenuEntry } from '@/components/ui/menu';
import { type Action, formatKeys } from './actions';
import { useActions } from './actions-context';

/** By id, in the menu's order; a line between groups. */
const withSelection = [
  ['cut', 'copy', 'paste', 'duplicate', 'delete'],
  ['bypass', 'mute', 'make-network'],
];
const onCanvas = [
  ['find', 'paste'],
  ['select-all', 'tidy', 'fit'],
];

/** What the secondary button offers: on a node for what is selected, else for the canvas. */
export function CanvasMenu(props: {
  readonly at: readonly [x: number, y: number] | undefined;
  readonly hasSelection: boolean;
  readonly onClose: () => void;
}) {
  const { at, hasSelection, onClose } = props;
  const actions = useActions();
  if (!at) return null;
  const groups = (hasSelection ? withSelection : onCanvas).map((ids) =>
    ids.flatMap((id) => actions.filter((action) => action.id === id)).map(entryOf),
  );
  const entries = groups.flatMap((group, i): Menu => (i === 0 ? group : [{ type: 'separator' }, ...group]));
  return <MenuAt at={at} entries={entries} label="Canvas" onClose={onClose} />;
}

const entryOf = ({ id, label, icon, keys, run, enabled }: Action): MenuEntry => ({
  label,
  onSelect: run,
  disabled: enabled?.() === false,
  danger: id === 'delete',
  ...(icon && { icon }),
  ...(keys?.[0] && { shortcut: formatKeys(keys[0]) }),
});
