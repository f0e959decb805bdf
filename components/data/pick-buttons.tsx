import { Camera, FileUp, FolderUp } from 'lucide-react';
import { useState } from 'react';
import { pickFiles } from '@/components/share/local-files';
import { useOpening } from '@/components/share/open-context';
import { Button } from '@/components/ui/button';
import type { NamedFile } from '@/lib/data/import/protocol';
import { CAMERA_FILE } from './camera';
import { CameraDialog } from './camera-dialog';

/** Asks for data of the user's own: files, a folder, or pictures of the camera. */
export function PickButtons() {
  const opening = useOpening();
  const [isFilming, setFilming] = useState(false);
  const pickFolder = async () => {
    const picked = await pickFiles({ webkitdirectory: true });
    const [root = ''] = picked[0]?.webkitRelativePath.split('/') ?? [];
    if (picked.length > 0) opening.openData({ name: root, files: async () => picked.flatMap(inFolder) });
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
      <Button size="sm" onClick={() => setFilming(true)}>
        <Camera size={14} aria-hidden />
        Use the camera …
      </Button>
      {isFilming ? (
        <CameraDialog
          onClose={() => setFilming(false)}
          onUse={(zip) => {
            setFilming(false);
            opening.openData({
              name: CAMERA_FILE,
              files: async () => [{ name: CAMERA_FILE, file: await zip }],
            });
          }}
        />
      ) : null}
    </>
  );
}

/** By its name in the folder; hidden files are left out. */
function inFolder(file: File): NamedFile[] {
  const [, ...parts] = file.webkitRelativePath.split('/');
  return parts.some((part) => part.startsWith('.')) ? [] : [{ name: parts.join('/'), file }];
}
