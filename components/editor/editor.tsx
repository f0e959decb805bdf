'use client';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { ReactFlowProvider, useReactFlow } from 'reactflow';
import { Canvas } from '@/components/canvas/canvas';
import { ErrorBoundary } from '@/components/canvas/error-boundary';
import { middleOf } from '@/components/canvas/use-insert';
import { useStores } from '@/components/hooks/stores';
import { Inspector } from '@/components/inspector/inspector';
import { Palette } from '@/components/palette/palette';
import type { Action } from './actions';
import { ActionsContext } from './actions-context';
import { Announcer } from './announcer';
import { createClipboarding } from './clipboard';
import { CommandPalette } from './command-palette';
import { editActions } from './edit-actions';
import styles from './editor.module.css';
import { KeysDialog } from './keys-dialog';
import { SidePanel } from './side-panel';
import { useShortcuts } from './use-shortcuts';
import { viewActions } from './view-actions';

export interface EditorProps {
  readonly topBar?: ReactNode;
  readonly dock?: ReactNode;
  /** The page's own actions, beside those of the editor. */
  readonly actions?: readonly Action[];
}

/** The editor: top bar, palette, canvas, inspector, dock. Expects a StoresProvider, and LiveContext for pictures. */
export function Editor(props: EditorProps) {
  return (
    <ReactFlowProvider>
      <Layout {...props} />
    </ReactFlowProvider>
  );
}

const none: readonly Action[] = [];

function Layout({ topBar, dock, actions: more = none }: EditorProps) {
  const stores = useStores();
  const { editor, session } = stores;
  const flow = useReactFlow();
  const [clipboard] = useState(() => createClipboarding(stores, () => middleOf(flow)));
  const actions = useMemo(
    () => [...editActions(stores, clipboard), ...viewActions(stores, flow), ...more],
    [stores, clipboard, flow, more],
  );
  useShortcuts(actions, clipboard);
  const inspector = useRef<HTMLDivElement>(null);
  const inspect = () => {
    session.setPanel('inspector', true);
    requestAnimationFrame(() =>
      inspector.current?.querySelector<HTMLElement>('input, textarea, [role="combobox"], button')?.focus(),
    );
  };
  const guarded = (what: string, children: ReactNode) => (
    <ErrorBoundary what={what} onUndo={() => editor.undo()}>
      {children}
    </ErrorBoundary>
  );

  return (
    <ActionsContext value={actions}>
      <div className={styles.editor}>
        <div className={styles.top}>{topBar}</div>
        <SidePanel panel="palette" side="left">
          {guarded('The palette', <Palette />)}
        </SidePanel>
        <main className={styles.canvas}>{guarded('The canvas', <Canvas onInspect={inspect} />)}</main>
        <SidePanel panel="inspector" side="right" ref={inspector}>
          {guarded('The inspector', <Inspector />)}
        </SidePanel>
        <div className={styles.dock}>{dock}</div>
      </div>
      <CommandPalette />
      <KeysDialog />
      <Announcer />
    </ActionsContext>
  );
}
