import { FileUp, FolderUp } from 'lucide-react';
import { pickFiles } from '@/components/share/local-files';
import { useOpening } from '@/components/share/open-context';
import { Button } from '@/components/ui/button';
import type { NamedFile } from '@/lib/data/import/protocol';

/** Asks for data of the user's own: files, or a folder. */
export function PickButtons() {
  const opening = useOpening();
  const pickFolder = async () => {
    const picked = await pickFiles({ webkitdirectory: true });
    const [root = ''] = picked[0]?.webkitRelativePath.split('/') ?? [];
    const files = picked.flatMap(inFolder);
    if (files.length > 0) opening.openData({ name: root, files: async () => files });
  };
  return (
    <>
      <Button
        size="sm"
        onClick={async () => opening.openHanded({ files: await pickFiles({ multiple: true }), folders: [] })}
      >
        <FileUp size={14} aria-hidden />
        Use a file …
      </Button>
      <Button size="sm" onClick={pickFolder}>
        <FolderUp size={14} aria-hidden />
        Use a folder …
      </Button>
    </>
  );
}

/** By its name in the folder; hidden files are left out. */
function inFolder(file: File): NamedFile[] {
  const [, ...parts] = file.webkitRelativePath.split('/');
  return parts.some((part) => part.startsWith('.')) ? [] : [{ name: parts.join('/'), file }];
}
