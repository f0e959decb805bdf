import { useCallback, useEffect, useRef } from 'react';
import { useStores } from '@/components/hooks/stores';
import type { Edit } from '@/lib/store/editor';

/** Edits that belong together, as typing a number or moving a slider: shown at once, one step in the history. */
export interface Gesture {
  change(edit: Edit): void;
  end(): void;
  cancel(): void;
}

export function useGesture(label: string): Gesture {
  const { editor } = useStores();
  const open = useRef(false);
  const change = useCallback(
    (edit: Edit) => {
      if (!open.current || !editor.getState().gesture) editor.begin(label);
      open.current = true;
      editor.preview(edit);
    },
    [editor, label],
  );
  const end = useCallback(() => {
    if (open.current) editor.end();
    open.current = false;
  }, [editor]);
  const cancel = useCallback(() => {
    if (open.current) editor.cancel();
    open.current = false;
  }, [editor]);
  // The control may go away in the middle of it: what was shown stays.
  useEffect(() => end, [end]);
  return { change, end, cancel };
}
