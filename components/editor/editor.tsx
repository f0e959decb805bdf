'use client';
import { type MouseEvent, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { createView, middleOf, type View, ViewContext } from '@/components/canvas/view';
import { useStores } from '@/components/hooks/stores';
import { Deferred } from '@/components/ui/deferred';
import { part, RemedyContext } from '@/components/ui/part';
import type { Action } from './actions';
import { ActionsContext } from './actions-context';
import { Announcer } from './announcer';
import { arrangeActions } from './arrange-actions';
import { blockActions } from './block-actions';
import { createClipboarding, type TakePasted } from './clipboard';
import { clipboardActions } from './clipboard-actions';
import styles from './editor.module.css';
import { historyActions } from './history-actions';
import { selectionActions } from './selection-actions';
import { SidePanel } from './side-panel';
import { useShortcuts } from './use-shortcuts';
import { viewActions } from './view-actions';

const loadCanvas = () => import('@/components/canvas/canvas');
// Fetched beside the first rendering, not after it.
if (typeof window !== 'undefined') loadCanvas().catch(() => {}); // The part below says so.
const Canvas = part('the canvas', () => loadCanvas().then((module) => module.Canvas));
const nothing = { instead: () => null };
const Palette = part('the palette', () =>
  import('@/components/palette/palette').then((module) => module.Palette),
);
const Strip = part(
  'the folded palette',
  () => import('@/components/palette/strip').then((module) => module.Strip),
  nothing,
);
const Inspector = part('the inspector', () =>
  import('@/components/inspector/inspector').then((module) => module.Inspector),
);
const CanvasMenu = part(
  'the menu',
  () => import('./canvas-menu').then((module) => module.CanvasMenu),
  nothing,
);
const CommandPalette = part(
  'the list of commands',
  () => import('./command-palette').then((module) => module.CommandPalette),
  nothing,
);
const KeysDialog = part(
  'the list of keys',
  () => import('./keys-dialog').then((module) => module.KeysDialog),
  nothing,
);

const Tour = part('the tour', () => import('./tour').then((module) => module.Tour), nothing);

interface EditorProps {
  readonly topBar?: ReactNode;
  readonly dock?: ReactNode;
  /** The page's own actions, beside those of the editor. */
  readonly actions?: readonly Action[];
  /** What of the clipboard the page takes before the canvas does. */
  readonly onPaste?: TakePasted;
}

/** The editor: top bar, palette, canvas, inspector, dock. Expects a StoresProvider, and LiveContext for pictures. */
export function Editor(props: EditorProps) {
  const [view] = useState(createView);
  return (
    <ViewContext value={view}>
      <Layout {...props} view={view} />
    </ViewContext>
  );
}

const none: readonly Action[] = [];

function Layout(props: EditorProps & { readonly view: View }) {
  const { topBar, dock, actions: more = none, onPaste, view } = props;
  const stores = useStores();
  const { editor, session } = stores;
  const clipboard = useMemo(
    () => createClipboarding(stores, () => middleOf(view), view.show, onPaste),
    [stores, view, onPaste],
  );
  const actions = useMemo(
    () => [
      ...historyActions(stores),
      ...clipboardActions(stores, clipboard),
      ...selectionActions(stores),
      ...blockActions(stores),
      ...arrangeActions(stores, view),
      ...viewActions(stores, view),
      ...more,
    ],
    [stores, clipboard, view, more],
  );
  useShortcuts(actions, clipboard);
  const inspector = useRef<HTMLDivElement>(null);
  const inspect = () => {
    session.setPanel('inspector', true);
    requestAnimationFrame(() => {
      // Parameters come first, then other fields, then the links and fixes of what is wrong.
      const find = (fields: string) => inspector.current?.querySelector<HTMLElement>(fields);
      const field = ':is(input, textarea, [role="combobox"])';
      (find(`[data-param] ${field}`) ?? find(field) ?? find('button'))?.focus();
    });
  };
  const [category, setCategory] = useState<string>();
  const openPalette = (at: string) => {
    setCategory(at);
    session.setPanel('palette', true);
  };
  // The graph comes first, what is beside it after it.
  const [isCanvasHere, setCanvasHere] = useState(false);
  useEffect(() => {
    const next = () => requestAnimationFrame(() => setCanvasHere(true));
    loadCanvas().then(next, next);
  }, []);
  const [menuAt, setMenuAt] = useState<readonly [number, number]>();
  const openMenu = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (!target?.closest('.react-flow') || target.closest('input, textarea, .react-flow__panel')) return;
    event.preventDefault();
    const { selection, wires } = session.getState();
    const node =
      target.closest('.react-flow__node')?.getAttribute('data-id') ??
      target.closest<HTMLElement>('[data-under]')?.dataset.under;
    const wire = target.closest('.react-flow__edge')?.getAttribute('data-id');
    if (node && !selection.has(node)) session.select([node]);
    else if (wire && !wires.has(wire)) session.select([], [wire]);
    else if (!node && !wire) session.select([]);
    setMenuAt([event.clientX, event.clientY]);
  };
  const remedy = useMemo(() => ({ label: 'Undo the last edit', act: () => editor.undo() }), [editor]);

  return (
    <ActionsContext value={actions}>
      <RemedyContext value={remedy}>
        <div className={styles.editor}>
          <div className={styles.top}>{topBar}</div>
          <SidePanel
            panel="palette"
            side="left"
            folded={<Suspense>{isCanvasHere ? <Strip onOpen={openPalette} /> : null}</Suspense>}
          >
            <Suspense>{isCanvasHere ? <Palette at={category} /> : null}</Suspense>
          </SidePanel>
          <main className={styles.canvas} onContextMenu={openMenu}>
            <Deferred until="mounted">
              <Canvas onInspect={inspect} />
            </Deferred>
          </main>
          <SidePanel panel="inspector" side="right" ref={inspector}>
            <Suspense>{isCanvasHere ? <Inspector /> : null}</Suspense>
          </SidePanel>
          <div className={styles.dock}>{dock}</div>
        </div>
        <Deferred>
          <CanvasMenu at={menuAt} onInspect={inspect} onClose={() => setMenuAt(undefined)} />
          <CommandPalette />
          <KeysDialog />
          <Tour />
        </Deferred>
        <Announcer />
      </RemedyContext>
    </ActionsContext>
  );
}
