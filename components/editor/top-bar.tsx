'use client';
import { Redo2, Search, Undo2 } from 'lucide-react';
import { useEditor, useStores } from '@/components/hooks/stores';
import { SavedState } from '@/components/share/saved-state';
import { Button } from '@/components/ui/button';
import { Deferred } from '@/components/ui/deferred';
import { IconButton } from '@/components/ui/icon-button';
import { part } from '@/components/ui/part';
import { ThemeToggle } from '@/components/ui/theme-toggle';
import { Wordmark } from '@/components/ui/wordmark';
import { redoLabel, undoLabel } from '@/lib/store/editor';
import { formatKeys } from './actions';
import { TitleField } from './title-field';
import styles from './top-bar.module.css';

const file = (
  <Button variant="ghost" disabled>
    File
  </Button>
);
const share = (
  <Button variant="primary" disabled>
    Share
  </Button>
);
const FileMenu = part(
  'the file menu',
  () => import('@/components/share/file-menu').then((module) => module.FileMenu),
  { instead: () => file },
);
const ShareButton = part(
  'sharing',
  () => import('@/components/share/share-button').then((module) => module.ShareButton),
  { instead: () => share },
);

/** Over the editor: the document's name and state, undo and redo, search, sharing, theme. */
export function TopBar() {
  const { editor, session } = useStores();
  const undo = useEditor(undoLabel);
  const redo = useEditor(redoLabel);
  return (
    <header className={styles.bar}>
      <div className={styles.home}>
        <Wordmark />
      </div>
      <h1 className="visually-hidden">Editor</h1>
      <Deferred until="mounted" placeholder={file}>
        <FileMenu />
      </Deferred>
      <div className={styles.document}>
        <TitleField />
        <SavedState />
      </div>
      <div className={styles.tools}>
        <IconButton
          icon={Undo2}
          label={undo ? `Undo: ${undo}` : 'Nothing to undo'}
          shortcut={formatKeys('Mod+Z')}
          disabled={!undo}
          onClick={editor.undo}
        />
        <IconButton
          icon={Redo2}
          label={redo ? `Redo: ${redo}` : 'Nothing to redo'}
          shortcut={formatKeys('Shift+Mod+Z')}
          disabled={!redo}
          onClick={editor.redo}
        />
        <Button className={styles.search} onClick={() => session.setState({ dialog: 'commands' })}>
          <Search size={14} aria-hidden />
          <span className="visually-hidden">Search all commands</span>
          <span className={styles.searchWords} aria-hidden>
            Search
          </span>
          <kbd className={styles.keys} aria-hidden suppressHydrationWarning>
            {formatKeys('Mod+K')}
          </kbd>
        </Button>
        <ThemeToggle />
        <Deferred until="mounted" placeholder={share}>
          <ShareButton />
        </Deferred>
      </div>
    </header>
  );
}
