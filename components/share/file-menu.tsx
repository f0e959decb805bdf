'use client';
import { Clock, GalleryVerticalEnd, Keyboard, LayoutGrid } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTrainingStore } from '@/components/dock/training-context';
import { formatKeys } from '@/components/editor/actions';
import { useKeeping } from '@/components/editor/autosave-context';
import { useEditor, useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { DropdownMenu, type Menu, type MenuEntry } from '@/components/ui/menu';
import { fileActions } from './file-actions';
import { useOpening } from './open-context';
import { openExample } from './open-example';
import { useFileLists } from './use-file-lists';

/** New, open, save; kept documents and examples. */
export function FileMenu() {
  const stores = useStores();
  const opening = useOpening();
  const training = useTrainingStore();
  const router = useRouter();
  const { autosave } = useKeeping();
  const openId = useEditor((state) => state.id);
  const { recent, examples, read } = useFileLists();

  const others = recent.filter(({ id }) => id !== openId);
  const entries: Menu = [
    ...fileActions(stores, opening, training)
      .filter(({ group }) => group === 'File')
      .map(
        ({ label, icon, keys, run }): MenuEntry => ({
          label,
          onSelect: run,
          ...(icon && { icon }),
          ...(keys?.[0] && { shortcut: formatKeys(keys[0]) }),
        }),
      ),
    { type: 'separator' },
    {
      type: 'sub',
      label: 'Recent',
      icon: Clock,
      entries:
        others.length > 0
          ? others.map(({ id, title }) => ({
              label: title || 'Untitled',
              onSelect: () => void autosave.openKept(id),
            }))
          : [{ label: 'No other documents yet', disabled: true, onSelect: () => {} }],
    },
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
      onSelect: () => stores.session.setState({ dialog: 'keys' }),
    },
  ];
  return (
    <DropdownMenu
      label="File"
      entries={entries}
      onOpenChange={(isOpen) => {
        if (isOpen) read();
      }}
      trigger={<Button variant="ghost">File</Button>}
    />
  );
}
