import type { Stores } from '@/components/hooks/stores';
import { showToast } from '@/components/ui/toast';
import { checkedOf } from '@/lib/edit/checked-of';
import { copyAsText, parseClipboard, paste } from '@/lib/edit/clipboard';
import { removeSelection } from '@/lib/edit/remove';
import { frameAt, freePosition, type Point } from '@/lib/layout/boxes';
import { describeSelection, isEmpty, selectionOf } from './selection';

/** Copy, cut and paste as JSON text: by the browser's events, which need no permission, or by menu. */
export interface Clipboarding {
  copy(): Promise<void>;
  cut(): Promise<void>;
  paste(): Promise<void>;
  /** For the browser's own events; true where the event was ours. */
  onCopy(event: ClipboardEvent): boolean;
  onCut(event: ClipboardEvent): boolean;
  onPaste(event: ClipboardEvent): boolean;
}

/** What is pasted from elsewhere and is no part of a graph; true where it was taken. */
export type TakePasted = (text: string, data?: DataTransfer) => boolean;

/** `where` gives the position on the canvas that is pasted to, `show` brings what was pasted into view. */
export function createClipboarding(
  stores: Stores,
  where: () => Point,
  show: (ids: readonly string[]) => void,
  take: TakePasted = () => false,
): Clipboarding {
  const { editor, session } = stores;

  const text = (): string | undefined => {
    const selection = selectionOf(stores);
    return isEmpty({ ...selection, wires: [] }) ? undefined : copyAsText(editor.getState().shown, selection);
  };
  const removeCut = () => {
    const selection = selectionOf(stores);
    editor.commit(`Cut ${describeSelection(selection)}`, (graph) => removeSelection(graph, selection));
    session.select([]);
  };
  const insert = (pasted: string, data?: DataTransfer): boolean => {
    if (take(pasted, data)) return true;
    const parsed = parseClipboard(pasted);
    if (!parsed.ok) {
      if (!pasted.trimStart().startsWith('{')) return false;
      showToast({ tone: 'error', title: 'Not pasted', description: parsed.diagnostics[0]?.message ?? '' });
      return true;
    }
    const { shown: graph } = editor.getState();
    const checked = checkedOf(graph);
    const at = freePosition(checked, where());
    const result = paste(graph, parsed.graph, at, frameAt(checked, at));
    if (!result.ok) {
      showToast({ tone: 'error', title: 'Not pasted', description: result.diagnostics[0]?.message ?? '' });
      return true;
    }
    const { networks, nodes } = result.selection;
    editor.commit(`Paste ${describeSelection(result.selection)}`, () => result.graph);
    session.select([...networks, ...nodes]);
    // Once the canvas has laid it out.
    requestAnimationFrame(() => show([...networks, ...nodes]));
    return true;
  };
  const write = async (value: string) => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      showToast({
        tone: 'error',
        title: 'The browser does not allow access to the clipboard',
        description: 'Use the keys to copy: Ctrl+C, or ⌘C.',
      });
    }
  };

  return {
    async copy() {
      const value = text();
      if (value) await write(value);
    },
    async cut() {
      const value = text();
      if (!value) return;
      await write(value);
      removeCut();
    },
    async paste() {
      try {
        insert(await navigator.clipboard.readText());
      } catch {
        showToast({
          tone: 'error',
          title: 'The browser does not allow access to the clipboard',
          description: 'Use the keys to paste: Ctrl+V, or ⌘V.',
        });
      }
    },
    onCopy(event) {
      const value = text();
      if (value) event.clipboardData?.setData('text/plain', value);
      return value !== undefined;
    },
    onCut(event) {
      const value = text();
      if (!value) return false;
      event.clipboardData?.setData('text/plain', value);
      removeCut();
      return true;
    },
    onPaste: ({ clipboardData: data }) => insert(data?.getData('text/plain') ?? '', data ?? undefined),
  };
}
