import {
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
import { emptyGraph } from '@/lib/graph/schema';
import { pickFiles, saveGraphFile } from './local-files';
import type { Opening } from './opening';

/** Documents in and out, for menu, keys and command palette. */
export const fileActions = ({ editor, session }: Stores, opening: Opening): readonly Action[] => [
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
    async run() {
      const [{ saveWithWeights }] = await Promise.all([
        needed('The writer of weights', () => import('./save-weights')),
        opening.settle(),
      ]);
      const { id, graph } = editor.getState();
      await saveWithWeights(id, graph);
    },
  },
  {
    id: 'export-torch',
    label: 'Export to PyTorch',
    group: 'File',
    icon: FileCode,
    async run() {
      const [{ exportTorch }] = await Promise.all([
        needed('The export to PyTorch', () => import('./export-torch')),
        opening.settle(),
      ]);
      const { id, graph } = editor.getState();
      await exportTorch(id, graph);
    },
  },
  {
    id: 'export-tfjs',
    label: 'Export to TensorFlow.js',
    group: 'File',
    icon: FileBox,
    async run() {
      const [{ exportTfjs }] = await Promise.all([
        needed('The export to TensorFlow.js', () => import('./export-tfjs')),
        opening.settle(),
      ]);
      const { id, graph } = editor.getState();
      await exportTfjs(id, graph);
    },
  },
  {
    id: 'export-onnx',
    label: 'Export to ONNX',
    group: 'File',
    icon: Boxes,
    async run() {
      const [{ exportOnnx }] = await Promise.all([
        needed('The export to ONNX', () => import('./export-onnx')),
        opening.settle(),
      ]);
      const { id, graph } = editor.getState();
      await exportOnnx(id, graph);
    },
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
