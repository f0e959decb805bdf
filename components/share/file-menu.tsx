'use client';
import { GalleryVerticalEnd, Keyboard, LayoutGrid } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { formatKeys } from '@/components/editor/actions';
import { useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { DropdownMenu, type Menu } from '@/components/ui/menu';
import { fileActions } from './file-actions';
import { useOpening } from './open-context';
import { openExample } from './open-example';

/** New, open, save; the examples. */
export function FileMenu() {
  const stores = useStores();
  const { session } = stores;
  const opening = useOpening();
  const router = useRouter();
  const examples = useExamples();
  const entries: Menu = [
    ...fileActions(stores, opening)
      .filter(({ group }) => group === 'File')
      .map(({ label, icon, keys, run }) => ({
        label,
        onSelect: run,
        ...(icon && { icon }),
        ...(keys?.[0] && { shortcut: formatKeys(keys[0]) }),
      })),
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
