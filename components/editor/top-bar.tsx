'use client';
import { Redo2, Search, Undo2 } from 'lucide-react';
import { useEditor, useStores } from '@/components/hooks/stores';
import { FileMenu } from '@/components/share/file-menu';
import { SavedState } from '@/components/share/saved-state';
import { ShareButton } from '@/components/share/share-button';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { ThemeToggle } from '@/components/ui/theme-toggle';
import { Wordmark } from '@/components/ui/wordmark';
import { redoLabel, undoLabel } from '@/lib/store/editor';
import { formatKeys } from './actions';
import { TitleField } from './title-field';
import styles from './top-bar.module.css';

/** Over the editor: the document's name and state, undo and redo, search, sharing, theme. */
export function TopBar() {
  const { editor, session } = useStores();
  const undo = useEditor(undoLabel);
  const redo = useEditor(redoLabel);
  return (
    <header className={styles.bar}>
      <Wordmark />
      <FileMenu />
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
        <Button
          className={styles.search}
          aria-label="Search all commands"
          onClick={() => session.setState({ dialog: 'commands' })}
        >
          <Search size={14} aria-hidden />
          <span className={styles.searchWords}>Search</span>
          <kbd className={styles.keys} suppressHydrationWarning>
            {formatKeys('Mod+K')}
          </kbd>
        </Button>
        <ThemeToggle />
        <ShareButton />
      </div>
    </header>
  );
}
