import type { LucideIcon } from 'lucide-react';

/**
 * What can be done, as plain objects: toolbar, shortcuts, menus and the command palette all read one list.
 * Features bring lists of their own, and the page joins them.
 */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** A heading of the command palette and of the list of keys. */
  readonly group: string;
  /** `Mod+Z`, `Shift+Mod+Z`, `Space`, `?`; the first is the one that is shown. */
  readonly keys?: readonly string[];
  /** The keys arrive as an event of the browser's own (copy, paste), not as a shortcut. */
  readonly native?: boolean;
  /** The keys act while typing too. */
  readonly always?: boolean;
  /** The keys act in a field too in which nothing was typed since it was last set. */
  readonly unchanged?: boolean;
  readonly icon?: LucideIcon;
  run(): void;
  enabled?(): boolean;
}

const isMac = () => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** `⌘Z` or `Ctrl+Z`. */
export function formatKeys(keys: string, mac = isMac()): string {
  const parts = keys.split('+').map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'Shift') return mac ? '⇧' : 'Shift';
    return part;
  });
  return parts.join(mac ? '' : '+');
}

/** Whether a key press is `keys`. Characters such as `?` say themselves whether Shift was needed. */
export function matchesKeys(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  keys: string,
  mac = isMac(),
): boolean {
  // The plus itself is a key too.
  const parts = keys.split(/\+(?=.)/);
  const key = parts.pop() ?? '';
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (other || event.altKey || mod !== parts.includes('Mod')) return false;
  const isCharacter = key.length === 1 && !/[A-Za-z0-9]/.test(key);
  if (!isCharacter && event.shiftKey !== parts.includes('Shift')) return false;
  const pressed = event.key === ' ' ? 'Space' : event.key;
  return pressed.toLowerCase() === key.toLowerCase();
}

/** The action that a key press asks for, if it can be done now. */
export function findAction(
  actions: readonly Action[],
  event: Parameters<typeof matchesKeys>[0],
  mac = isMac(),
): Action | undefined {
  return actions.find(
    ({ keys, native, enabled }) =>
      !native && keys?.some((combination) => matchesKeys(event, combination, mac)) && enabled?.() !== false,
  );
}
