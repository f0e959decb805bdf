'use client';
import { Download, FilePlus2, FolderOpen, GalleryVerticalEnd, Keyboard, LayoutGrid } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { DropdownMenu, type Menu } from '@/components/ui/menu';
import { emptyGraph } from '@/lib/graph/schema';
import { useOpening } from './open-context';
import { openExample } from './open-example';
import { pickFile, saveGraphFile } from './open-file';

/** New, open, save; the examples. */
export function FileMenu() {
  const { editor, session } = useStores();
  const opening = useOpening();
  const router = useRouter();
  const examples = useExamples();
  const entries: Menu = [
    {
      label: 'New',
      icon: FilePlus2,
      onSelect: () => opening.open({ ok: true, graph: emptyGraph() }, 'a new document'),
    },
    {
      label: 'Open …',
      icon: FolderOpen,
      onSelect: async () => {
        const file = await pickFile('.json,application/json');
        if (file) await opening.openFile(file);
      },
    },
    {
      label: 'Save as file',
      icon: Download,
      onSelect: () => saveGraphFile(editor.getState().graph),
    },
    { type: 'separator' },
    {
      type: 'sub',
      label: 'Examples',
      icon: GalleryVerticalEnd,
      entries: examples.map(({ id, title }) => ({
        label: title,
        onSelect: () => void openExample(id, opening),
      })),
    },
    { label: 'Gallery', icon: LayoutGrid, onSelect: () => router.push('/') },
    { type: 'separator' },
    {
      label: 'Keyboard shortcuts',
      icon: Keyboard,
      shortcut: '?',
      onSelect: () => session.setState({ dialog: 'keys' }),
    },
  ];
  return <DropdownMenu label="File" entries={entries} trigger={<Button variant="ghost">File</Button>} />;
}

/** The titles; the documents are not part of the page's first load. */
function useExamples(): readonly { readonly id: string; readonly title: string }[] {
  const [examples, setExamples] = useState<readonly { readonly id: string; readonly title: string }[]>([]);
  useEffect(() => {
    const load = () =>
      void import('@/lib/examples/catalogue').then((catalogue) =>
        setExamples(catalogue.examples.map(({ id, document }) => ({ id, title: document.title }))),
      );
    const timer = setTimeout(load, 2_000);
    return () => clearTimeout(timer);
  }, []);
  return examples;
}
