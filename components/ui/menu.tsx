import { Check, ChevronRight, type LucideIcon } from 'lucide-react';
import * as Context from 'radix-ui/context-menu';
import * as Dropdown from 'radix-ui/dropdown-menu';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes';
import styles from './menu.module.css';

/** What a menu holds; the same list serves a dropdown and a context menu. */
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
  | { readonly type: 'sub'; readonly label: string; readonly icon?: LucideIcon; readonly entries: Menu };
export type Menu = readonly MenuEntry[];

type Parts = typeof Dropdown | typeof Context;

export interface DropdownMenuProps {
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
      <Dropdown.Portal>
        <Dropdown.Content
          className={styles.menu}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          <Entries parts={Dropdown} entries={entries} />
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

/** A menu at the pointer, on the secondary button or a long touch. */
export function ContextMenu({
  children,
  entries,
  onOpenChange,
}: {
  readonly children: ReactNode;
  readonly entries: Menu;
  readonly onOpenChange?: (open: boolean) => void;
}) {
  return (
    <Context.Root modal={false} {...(onOpenChange && { onOpenChange })}>
      <Context.Trigger asChild>{children}</Context.Trigger>
      <Context.Portal>
        <Context.Content className={styles.menu} collisionPadding={8}>
          <Entries parts={Context} entries={entries} />
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  );
}

function Entries({ parts: P, entries }: { readonly parts: Parts; readonly entries: Menu }) {
  return entries.map((entry, i) => {
    if (entry.type === 'separator') return <P.Separator key={i} className={styles.separator} />;
    if (entry.type === 'heading')
      return (
        <P.Label key={i} className={styles.heading}>
          {entry.label}
        </P.Label>
      );
    if (entry.type === 'sub')
      return (
        <P.Sub key={i}>
          <P.SubTrigger className={styles.item}>
            <Icon of={entry.icon} />
            {entry.label}
            <ChevronRight className={styles.shortcut} size={14} aria-hidden />
          </P.SubTrigger>
          <P.Portal>
            <P.SubContent className={styles.menu} sideOffset={2} collisionPadding={8}>
              <Entries parts={P} entries={entry.entries} />
            </P.SubContent>
          </P.Portal>
        </P.Sub>
      );
    return (
      <P.Item
        key={i}
        className={classes(styles.item, entry.danger && styles.danger)}
        disabled={entry.disabled ?? false}
        onSelect={entry.onSelect}
      >
        <Icon of={entry.checked ? Check : entry.icon} />
        {entry.label}
        {entry.shortcut ? <kbd className={styles.shortcut}>{entry.shortcut}</kbd> : null}
      </P.Item>
    );
  });
}

const Icon = ({ of: Of }: { readonly of: LucideIcon | undefined }) => (
  <span className={styles.icon}>{Of ? <Of size={14} aria-hidden /> : null}</span>
);
