'use client';
import { useEffect, useRef } from 'react';
import { useKeeping } from '@/components/editor/autosave-context';
import { emptyGraph } from '@/lib/graph/schema';
import { hasLink } from '@/lib/share/find-link';
import type { Autosave } from '@/lib/store/autosave';
import { isClassView } from './is-class-view';
import { useOpening } from './open-context';
import { openExample } from './open-example';
import type { Opening } from './opening';

/**
 * What the page's address asks for: a graph in the fragment, an example, a blank canvas, or else the work of
 * last time. Nothing is run, and the work that was open stays among the documents.
 */
export function Start() {
  const opening = useOpening();
  const { autosave } = useKeeping();
  const isStarted = useRef(false);
  useEffect(() => {
    if (!isStarted.current) {
      isStarted.current = true;
      void start(opening, autosave);
    }
    const onHashChange = () => void openLink(opening);
    window.addEventListener('hashchange', onHashChange);
    return () => window.removeEventListener('hashchange', onHashChange);
  }, [opening, autosave]);
  return null;
}

async function start(opening: Opening, autosave: Autosave): Promise<void> {
  const asked = new URLSearchParams(window.location.search);
  const example = asked.get('example');
  if (await openLink(opening)) return;
  if (example !== null) {
    const isOpen = await openExample(example, opening);
    forgetAddress();
    if (isOpen) return;
  } else if (asked.has('new')) {
    forgetAddress();
    opening.open({ ok: true, graph: emptyGraph() }, 'a new document');
    return;
  }
  await autosave.restore();
}

/** True where the address held a graph that is now open. A fragment that holds none is explained. */
async function openLink(opening: Opening): Promise<boolean> {
  const { hash, search } = window.location;
  // Some programs make a part of the query of what stands behind the `#`.
  const text = hash.length > 1 ? hash : search;
  if (text === search && !hasLink(search.replace('?', '#'))) return false;
  const isOpen = await opening.openLink(text);
  forgetAddress();
  return isOpen;
}

/** A reload shall bring back the work, not open the link a second time. */
const forgetAddress = () =>
  window.history.replaceState(null, '', isClassView() ? '/edit?view=class' : '/edit');
