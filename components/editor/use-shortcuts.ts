'use client';
import { useEffect } from 'react';
import { type Stores, useStores } from '@/components/hooks/stores';
import { moveBy } from '@/lib/edit/move';
import { type Action, findAction } from './actions';
import type { Clipboarding } from './clipboard';
import { isEmpty, selectionOf } from './selection';

/** Key presses that belong to what is focused: typing, choosing from lists, dialogs. */
const isTaken = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]',
  ) !== null;

/** A field that shows what the document holds, with nothing typed since. */
const isUnchanged = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('[data-unchanged]');

const isDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"]') !== null;

/** Enter and Space press the button that is focused. */
const pressesButton = (event: KeyboardEvent): boolean =>
  (event.key === ' ' || event.key === 'Enter') &&
  event.target instanceof Element &&
  event.target.closest(
    'button, a, summary, [role="button"], [role="switch"], [role="tab"], [role="radio"]',
  ) !== null;

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Keys and clipboard events of the whole page, as far as nothing that is focused wants them. */
export function useShortcuts(actions: readonly Action[], clipboard: Clipboarding): void {
  const stores = useStores();
  useEffect(() => {
    const nudging = createNudging(stores);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || pressesButton(event)) return;
      if (isTaken(event.target)) {
        const action = isDialog(event.target) ? undefined : findAction(actions, event);
        if (!action || !(action.always || (action.unchanged && isUnchanged(event.target)))) return;
        event.preventDefault();
        action.run();
        return;
      }
      if (nudging.down(event)) {
        event.preventDefault();
        return;
      }
      const action = findAction(actions, event);
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key in arrows) nudging.end();
    };
    const onClipboard = (handle: (event: ClipboardEvent) => boolean) => (event: ClipboardEvent) => {
      const hasText = event.type !== 'paste' && !window.getSelection()?.isCollapsed;
      if (!isTaken(event.target) && !hasText && handle(event)) event.preventDefault();
    };
    const onCopy = onClipboard(clipboard.onCopy);
    const onCut = onClipboard(clipboard.onCut);
    const onPaste = onClipboard(clipboard.onPaste);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('keyup', onKeyUp);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('keyup', onKeyUp);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [actions, clipboard, stores]);
}

/** Arrow keys move the selection, by 40 with Shift; from the first press to the release it is one step. */
function createNudging(stores: Stores) {
  const { editor } = stores;
  let total: [number, number] | undefined;
  return {
    down(event: KeyboardEvent): boolean {
      const arrow = arrows[event.key];
      if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return false;
      const selection = selectionOf(stores);
      if (isEmpty({ ...selection, wires: [] })) return false;
      const step = event.shiftKey ? 40 : 5;
      if (!total || !editor.getState().gesture) {
        total = [0, 0];
        editor.begin('Nudge');
      }
      total = [total[0] + arrow[0] * step, total[1] + arrow[1] * step];
      const by = total;
      editor.preview((graph) => moveBy(graph, selection, by));
      return true;
    },
    end() {
      if (total) editor.end();
      total = undefined;
    },
  };
}
