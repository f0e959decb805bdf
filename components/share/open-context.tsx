'use client';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { useTrainingStore } from '@/components/dock/training-context';
import { useKeeping } from '@/components/editor/autosave-context';
import { useStores } from '@/components/hooks/stores';
import { Deferred } from '@/components/ui/deferred';
import { needed } from '@/components/ui/missing';
import { part } from '@/components/ui/part';
import { readied } from '@/components/ui/ready';
import { showToast } from '@/components/ui/toast';
import type { ParseResult } from '@/lib/graph/parse';
import { assert } from '@/lib/util/assert';
import { DropZone } from './drop-zone';
import { isWeightsFile, readGraphFile } from './open-file';
import type { Refusal } from './refusal-dialog';

/** Every way in: files, links, examples. What does not open is explained, and the open document stays. */
export interface Opening {
  /** Opens what was parsed as a new document; `from` names it in messages: `ring.json`. */
  open(result: ParseResult, from: string): boolean;
  /** The graph of a link, from any text that holds one. */
  openLink(text: string): Promise<boolean>;
  /** A document, or weights: for the document that they bring along, else for the one that is open. */
  openFile(file: File): Promise<void>;
  /** Waits until the run's weights of now are kept. */
  settle(): Promise<void>;
}

const OpeningContext = createContext<Opening | null>(null);

export function useOpening(): Opening {
  const opening = use(OpeningContext);
  assert(opening, 'an OpeningProvider around this component');
  return opening;
}

const RefusalDialog = part(
  'explanations',
  () => import('./refusal-dialog').then((module) => module.RefusalDialog),
  { instead: () => null },
);
const loadWeights = readied(() => import('./open-weights'));
const loadLinks = readied(() => import('@/lib/share/read-link'));

const untouched = (from: string) => ({
  title: `Cannot open ${from}`,
  description: 'The open document has not changed.',
});

export function OpeningProvider({ children }: { readonly children: ReactNode }) {
  const { editor, session } = useStores();
  const { autosave } = useKeeping();
  const training = useTrainingStore();
  const [refusal, setRefusal] = useState<Refusal>();
  const opening = useMemo<Opening>(() => {
    const open: Opening['open'] = (result, from) => {
      if (!result.ok) {
        setRefusal({ ...untouched(from), diagnostics: result.diagnostics });
        return false;
      }
      editor.open(crypto.randomUUID(), result.graph);
      session.reset();
      session.announce(`Opened ${result.graph.title}`);
      return true;
    };
    const openWeights = async (file: File) => {
      const { adoptWeights } = await needed('The reader of weights', loadWeights);
      const opened = await adoptWeights(
        file,
        editor.getState().graph,
        (graph) => open({ ok: true, graph }, file.name),
        training,
      );
      if (!opened.ok) setRefusal({ ...untouched(file.name), diagnostics: opened.diagnostics });
      else if (opened.problems.length > 0)
        setRefusal({
          title: `Opened ${file.name} in part`,
          description: opened.said,
          diagnostics: opened.problems,
        });
      else showToast({ title: `Opened ${file.name}`, description: opened.said });
      if (opened.ok) autosave.markWorked();
    };
    /** Unlike an example, it may be nowhere else; and what was open before is kept, which is said. */
    const openForeign = (result: ParseResult, from: string): boolean => {
      const before = editor.getState();
      if (!open(result, from)) return false;
      autosave.markWorked();
      if (before.graph.nodes.length > 0)
        showToast({
          title: `Opened ${from}`,
          description: `“${before.graph.title}” is kept in this browser.`,
        });
      return true;
    };
    const openLink: Opening['openLink'] = async (text) => {
      const { readLink } = await needed('The reader of links', loadLinks);
      return openForeign(await readLink(text), 'this link');
    };
    const openFile: Opening['openFile'] = async (file) => {
      if (isWeightsFile(file.name)) return openWeights(file);
      openForeign(await readGraphFile(file), file.name);
    };
    return { open, openLink, openFile, settle: training.saved };
  }, [autosave, editor, session, training]);

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
