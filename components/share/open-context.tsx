'use client';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showToast } from '@/components/ui/toast';
import type { ParseResult } from '@/lib/graph/parse';
import { assert } from '@/lib/util/assert';
import { DropZone } from './drop-zone';
import { readGraphFile } from './open-file';
import { ProblemList } from './problem-list';

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

interface Refusal {
  readonly from: string;
  readonly diagnostics: Extract<ParseResult, { ok: false }>['diagnostics'];
}

export function OpeningProvider({ children }: { readonly children: ReactNode }) {
  const { editor, session } = useStores();
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
      if (!open(await readGraphFile(file), file.name) || before.graph.nodes.length === 0) return;
      showToast({
        title: `Opened ${file.name}`,
        description: `“${before.graph.title}” is kept in this browser.`,
      });
    };
    return { open, openFile };
  }, [editor, session]);

  return (
    <OpeningContext value={opening}>
      {children}
      <DropZone onFile={opening.openFile} />
      <Dialog
        open={refusal !== undefined}
        onOpenChange={(isOpen) => {
          if (!isOpen) setRefusal(undefined);
        }}
        title={refusal ? `Cannot open ${refusal.from}` : ''}
        description="The open document is untouched."
        width={560}
        footer={
          <Button variant="primary" onClick={() => setRefusal(undefined)}>
            Close
          </Button>
        }
      >
        {refusal ? <ProblemList diagnostics={refusal.diagnostics} /> : null}
      </Dialog>
    </OpeningContext>
  );
}
