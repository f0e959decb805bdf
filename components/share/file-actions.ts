import {
  Bot,
  Boxes,
  Download,
  FileBox,
  FileCode,
  FilePlus2,
  FolderOpen,
  Images,
  Moon,
  Package,
} from 'lucide-react';
import type { Action } from '@/components/editor/actions';
import type { Stores } from '@/components/hooks/stores';
import { needed } from '@/components/ui/missing';
import { toggleTheme } from '@/components/ui/theme';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import type { TrainingStore } from '@/lib/store/training-state';
import { pickFiles, saveGraphFile } from './local-files';
import type { Opening } from './opening';

type Give = (id: string, graph: Graph, training: TrainingStore) => Promise<void>;

/** Documents in and out, for menu, keys and command palette. */
export function fileActions(
  { editor, session }: Stores,
  opening: Opening,
  training: TrainingStore,
): readonly Action[] {
  /** By code that is fetched when it is first needed: the document, and what its run has saved. */
  const give = async (name: string, load: () => Promise<Give>) => {
    const [hand] = await Promise.all([needed(name, load), opening.settle()]);
    const { id, graph } = editor.getState();
    await hand(id, graph, training);
  };
  return [
    {
      id: 'new',
      label: 'New document',
      group: 'File',
      icon: FilePlus2,
      run: () => void opening.open({ ok: true, graph: emptyGraph() }, 'a new document'),
    },
    {
      id: 'open',
      label: 'Open a file …',
      group: 'File',
      keys: ['Mod+O'],
      always: true,
      icon: FolderOpen,
      async run() {
        const files = await pickFiles({ multiple: true });
        await opening.openHanded({ files, folders: [] });
      },
    },
    {
      id: 'save',
      label: 'Save as a file',
      group: 'File',
      keys: ['Mod+S'],
      always: true,
      icon: Download,
      run: () => saveGraphFile(editor.getState().graph),
    },
    {
      id: 'save-weights',
      label: 'Save with weights',
      group: 'File',
      icon: Package,
      run: () =>
        give('The writer of weights', () =>
          import('./save-weights').then((module) => module.saveWithWeights),
        ),
    },
    {
      id: 'export-torch',
      label: 'Export to PyTorch',
      group: 'File',
      icon: FileCode,
      run: () =>
        give('The export to PyTorch', () => import('./export-torch').then((module) => module.exportTorch)),
    },
    {
      id: 'export-tfjs',
      label: 'Export to TensorFlow.js',
      group: 'File',
      icon: FileBox,
      run: () =>
        give('The export to TensorFlow.js', () =>
          import('./export-tfjs').then((module) => module.exportTfjs),
        ),
    },
    {
      id: 'export-onnx',
      label: 'Export to ONNX',
      group: 'File',
      icon: Boxes,
      run: () =>
        give('The export to ONNX', () => import('./export-onnx').then((module) => module.exportOnnx)),
    },
    {
      id: 'export-huggingface',
      label: 'Export to Hugging Face',
      group: 'File',
      icon: Bot,
      run: () =>
        give('The export to Hugging Face', () =>
          import('./export-huggingface').then((module) => module.exportHuggingFace),
        ),
    },
    {
      id: 'export-samples',
      label: 'Export samples …',
      group: 'File',
      icon: Images,
      run: () => session.setState({ dialog: 'samples' }),
    },
    { id: 'theme', label: 'Light or dark theme', group: 'View', icon: Moon, run: toggleTheme },
  ];
}
