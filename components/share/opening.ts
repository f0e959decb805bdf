import type { GivenData } from '@/components/data/given-data';
import type { Stores } from '@/components/hooks/stores';
import { needed } from '@/components/ui/missing';
import { readied } from '@/components/ui/ready';
import { showToast } from '@/components/ui/toast';
import type { ParseResult } from '@/lib/graph/parse';
import { fromBlob } from '@/lib/share/files/file-source';
import type { Autosave } from '@/lib/store/autosave';
import type { TrainingStore } from '@/lib/store/training-state';
import { dataIn, type Handed, sayCount } from './handed';
import type { Refusal } from './refusal-dialog';

/** Every way in: files, links, examples. What does not open is explained, and the open document stays. */
export interface Opening {
  /** Opens what was parsed as a new document; `from` names it in messages: `ring.json`. */
  open(result: ParseResult, from: string): boolean;
  /** The graph of a link, from any text that holds one. */
  openLink(text: string): Promise<boolean>;
  /** A document, or weights: for the document that they bring along, else for the one that is open; or data. */
  openFile(file: File): Promise<void>;
  /** What was dropped or pasted at once: one file, data of several, or an explanation. */
  openHanded(handed: Handed): Promise<void>;
  /** Shows what data of the user's own would be, before it is taken. */
  openData(given: GivenData): void;
  /** Waits until the run's weights of now are kept. */
  settle(): Promise<void>;
}

interface Parts {
  readonly stores: Pick<Stores, 'editor' | 'session'>;
  readonly training: TrainingStore;
  readonly autosave: Autosave;
  readonly refuse: (refusal: Refusal) => void;
  readonly openData: (given: GivenData) => void;
}

const loadWeights = readied(() => import('./open-weights'));
const loadLinks = readied(() => import('@/lib/share/read-link'));
const loadFiles = readied(() => import('@/lib/share/files/read-file'));

const unopened = (from: string) => ({
  title: `Cannot open ${from}`,
  description: 'The open document has not changed.',
});

export function createOpening(parts: Parts): Opening {
  const { training, autosave, refuse, openData } = parts;
  const { editor, session } = parts.stores;
  const open: Opening['open'] = (result, from) => {
    if (!result.ok) {
      refuse({ ...unopened(from), diagnostics: result.diagnostics });
      return false;
    }
    editor.open(crypto.randomUUID(), result.graph);
    session.reset();
    session.announce(`Opened ${result.graph.title}`);
    return true;
  };

  /** It may be nowhere else, so it is kept; what was open before is kept too, which is said. */
  const openAndKeep = (result: ParseResult, from: string): boolean => {
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

  /** `advice` says what to do with a file whose format cannot be read. */
  const openWeights = async (file: File, advice?: Refusal['diagnostics']) => {
    const { openWeightsOf } = await needed('The reader of weights', loadWeights);
    const { graph } = editor.getState();
    const opened = await openWeightsOf(
      file,
      graph,
      (own) => open({ ok: true, graph: own }, file.name),
      training,
    );
    if (!opened.ok) {
      const isUnreadable = opened.diagnostics[0]?.code === 'weights-unreadable';
      refuse({ ...unopened(file.name), diagnostics: (isUnreadable && advice) || opened.diagnostics });
    } else if (opened.problems.length > 0)
      refuse({
        title: `Opened ${file.name}${opened.problems.some(({ severity }) => severity !== 'info') ? ' in part' : ''}`,
        description: opened.said,
        diagnostics: opened.problems,
      });
    else showToast({ title: `Opened ${file.name}`, description: opened.said });
    if (opened.ok) autosave.markWorked();
  };

  const openFile: Opening['openFile'] = async (file) => {
    const { readFile } = await needed('The reader of files', loadFiles);
    try {
      const content = await readFile(fromBlob(file));
      if (content.is === 'data')
        openData({ name: file.name, files: async () => [{ name: file.name, file }] });
      else if (content.is === 'weights') await openWeights(file);
      // A state_dict that torch.save wrote is read as data; what else it can hold has the advice.
      else if (!content.result.ok && content.result.diagnostics[0]?.code === 'file-torch')
        await openWeights(file, content.result.diagnostics);
      else openAndKeep(content.result, file.name);
    } catch (error) {
      // Moved or forbidden since it was handed over.
      if (!(error instanceof DOMException)) throw error;
      refuse({
        ...unopened(file.name),
        diagnostics: [
          {
            code: 'file-unreadable',
            severity: 'error',
            message: `The browser cannot read this file: ${error.message}`,
            hint: 'Check that it is still there and that you may read it, then open it again.',
          },
        ],
      });
    }
  };

  return {
    open,
    openFile,
    async openLink(text) {
      const { readLink } = await needed('The reader of links', loadLinks);
      return openAndKeep(await readLink(text), 'this link');
    },
    async openHanded(handed) {
      const data = dataIn(handed);
      const [file] = handed.files;
      if (data && 'ok' in data) refuse({ ...unopened(sayCount(handed)), diagnostics: data.diagnostics });
      else if (data) openData(data);
      else if (file) await openFile(file);
    },
    openData,
    settle: training.saved,
  };
}
