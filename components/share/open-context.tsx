'use client';
import { createContext, lazy, type ReactNode, use, useMemo, useState } from 'react';
import { useKeeping } from '@/components/editor/autosave-context';
import { useStores } from '@/components/hooks/stores';
import { Deferred } from '@/components/ui/deferred';
import { showToast } from '@/components/ui/toast';
import type { ParseResult } from '@/lib/graph/parse';
import { assert } from '@/lib/util/assert';
import { DropZone } from './drop-zone';
import { readGraphFile } from './open-file';
import type { Refusal } from './refusal-dialog';

/** Every way in: files, links, examples. What does not open is explained, and the open document stays. */
export interface Opening {
  /** Opens what was parsed as a new document; `from` names it in messages: `ring.json`. */
  open(result: ParseResult, from: string): boolean;
  openFile(file: File): Promise<void>;
}

const OpeningContext = createContext<Opening | null>(null);

export function useOpening(): Opening {
  const opening = use(OpeningContext);
  assert(opening, 'an OpeningProvider around this component');
  return opening;
}

const RefusalDialog = lazy(() =>
  import('./refusal-dialog').then((module) => ({ default: module.RefusalDialog })),
);

export function OpeningProvider({ children }: { readonly children: ReactNode }) {
  const { editor, session } = useStores();
  const { autosave } = useKeeping();
  const [refusal, setRefusal] = useState<Refusal>();
  const opening = useMemo<Opening>(() => {
    const open: Opening['open'] = (result, from) => {
      if (!result.ok) {
        setRefusal({ from, diagnostics: result.diagnostics });
        return false;
      }
      editor.open(crypto.randomUUID(), result.graph);
      session.reset();
      session.announce(`Opened ${result.graph.title}`);
      return true;
    };
    const openFile: Opening['openFile'] = async (file) => {
      const before = editor.getState();
      if (!open(await readGraphFile(file), file.name)) return;
      autosave.markWorked();
      if (before.graph.nodes.length === 0) return;
      showToast({
        title: `Opened ${file.name}`,
        description: `“${before.graph.title}” is kept in this browser.`,
      });
    };
    return { open, openFile };
  }, [autosave, editor, session]);

  return (
    <OpeningContext value={opening}>
      {children}
      <DropZone onFile={opening.openFile} />
      <Deferred>
        <RefusalDialog of={refusal} onClose={() => setRefusal(undefined)} />
      </Deferred>
    </OpeningContext>
  );
}
