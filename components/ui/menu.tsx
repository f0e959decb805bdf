import { Check, ChevronRight, type LucideIcon } from 'lucide-react';
import * as Dropdown from 'radix-ui/dropdown-menu';
import type { ReactElement } from 'react';
import { classes } from './classes';
import styles from './menu.module.css';

/** What a menu holds. */
export type MenuEntry =
  | {
      readonly type?: 'item';
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly shortcut?: string;
      readonly disabled?: boolean;
      readonly danger?: boolean;
      readonly checked?: boolean;
      readonly onSelect: () => void;
    }
  | { readonly type: 'separator' }
  | { readonly type: 'heading'; readonly label: string }
  /** A sentence that says what the entries below are for. */
  | { readonly type: 'note'; readonly label: string }
  | { readonly type: 'sub'; readonly label: string; readonly icon?: LucideIcon; readonly entries: Menu };
export type Menu = readonly MenuEntry[];

interface DropdownMenuProps {
  /** One element that takes a ref and handlers. */
  readonly trigger: ReactElement;
  readonly entries: Menu;
  readonly align?: 'start' | 'center' | 'end';
  readonly label?: string;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A menu that a button opens. */
export function DropdownMenu(props: DropdownMenuProps) {
  const { trigger, entries, align = 'start', label, onOpenChange } = props;
  return (
    <Dropdown.Root modal={false} {...(onOpenChange && { onOpenChange })}>
      <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
      <Content entries={entries} align={align} sideOffset={4} label={label} />
    </Dropdown.Root>
  );
}

/** A menu at a place on the screen, which stands while there is one: for the secondary button. */
export function MenuAt(props: {
  readonly at: readonly [x: number, y: number];
  readonly entries: Menu;
  readonly label: string;
  readonly onClose: () => void;
}) {
  const [left, top] = props.at;
  return (
    <Dropdown.Root
      open
      modal={false}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Dropdown.Trigger asChild>
        <span aria-hidden style={{ position: 'fixed', left, top }} />
      </Dropdown.Trigger>
      <Content entries={props.entries} align="start" sideOffset={2} label={props.label} />
    </Dropdown.Root>
  );
}

interface ContentProps {
  readonly entries: Menu;
  readonly align: 'start' | 'center' | 'end';
  readonly sideOffset: number;
  readonly label: string | undefined;
}

/** It lies at the page's end, in a landmark of its own. */
function Content({ entries, align, sideOffset, label }: ContentProps) {
  return (
    <Dropdown.Portal>
      <section aria-label={label ?? 'Menu'}>
        <Dropdown.Content
          className={styles.menu}
          align={align}
          sideOffset={sideOffset}
          collisionPadding={8}
          aria-label={label}
        >
          <Entries entries={entries} />
        </Dropdown.Content>
      </section>
    </Dropdown.Portal>
  );
}

function Entries({ entries }: { readonly entries: Menu }) {
  return entries.map((entry, i) => {
    if (entry.type === 'separator') return <Dropdown.Separator key={i} className={styles.separator} />;
    if (entry.type === 'heading' || entry.type === 'note')
      return (
        <Dropdown.Label key={i} className={styles[entry.type]}>
          {entry.label}
        </Dropdown.Label>
      );
    if (entry.type === 'sub')
      return (
        <Dropdown.Sub key={i}>
          <Dropdown.SubTrigger className={styles.item}>
            <Icon of={entry.icon} />
            {entry.label}
            <ChevronRight className={styles.shortcut} size={14} aria-hidden />
          </Dropdown.SubTrigger>
          <Dropdown.Portal>
            <Dropdown.SubContent className={styles.menu} sideOffset={2} collisionPadding={8}>
              <Entries entries={entry.entries} />
            </Dropdown.SubContent>
          </Dropdown.Portal>
        </Dropdown.Sub>
      );
    return (
      <Dropdown.Item
        key={i}
        className={classes(styles.item, entry.danger && styles.danger)}
        disabled={entry.disabled ?? false}
        onSelect={entry.onSelect}
      >
        <Icon of={entry.checked ? Check : entry.icon} />
        {entry.label}
        {entry.shortcut ? <kbd className={styles.shortcut}>{entry.shortcut}</kbd> : null}
      </Dropdown.Item>
    );
  });
}

const Icon = ({ of: Of }: { readonly of: LucideIcon | undefined }) => (
  <span className={styles.icon}>{Of ? <Of size={14} aria-hidden /> : null}</span>
);
