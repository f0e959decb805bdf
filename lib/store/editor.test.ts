import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { createEditorStore, redoLabel, undoLabel } from './editor';

const rename = (title: string) => (graph: Graph) => ({ ...graph, title });
const title = (store: ReturnType<typeof createEditorStore>) => store.getState().graph.title;

describe('editor history', () => {
  test('a commit can be undone and redone, with its label', () => {
    const store = createEditorStore('a', emptyGraph());
    store.commit('Rename', rename('one'));
    expect(undoLabel(store.getState())).toBe('Rename');
    store.undo();
    expect(title(store)).toBe('Untitled');
    expect(redoLabel(store.getState())).toBe('Rename');
    store.redo();
    expect(title(store)).toBe('one');
  });

  test('a gesture of many previews is one step, and undo reverts to before it', () => {
    const store = createEditorStore('a', emptyGraph());
    store.commit('Rename', rename('one'));
    store.begin('Type');
    for (const text of ['t', 'tw', 'two']) store.preview(rename(text));
    store.end();
    expect(store.getState().past.length).toBe(2);
    store.undo();
    expect(title(store)).toBe('one');
    store.undo();
    expect(title(store)).toBe('Untitled');
  });

  test('a preview edits the document as it was when the gesture began', () => {
    const store = createEditorStore('a', emptyGraph());
    store.begin('Type');
    const append = (graph: Graph) => ({ ...graph, title: `${graph.title}!` });
    store.preview(append);
    store.preview(append);
    expect(title(store)).toBe('Untitled!');
  });

  test('a gesture that changes nothing leaves no step; a cancelled one neither', () => {
    const store = createEditorStore('a', emptyGraph());
    store.begin('Drag');
    store.end();
    store.begin('Drag');
    store.preview(rename('elsewhere'));
    store.cancel();
    expect(store.getState().past).toEqual([]);
    expect(title(store)).toBe('Untitled');
  });

  test('a commit or undo during a gesture ends it first', () => {
    const store = createEditorStore('a', emptyGraph());
    store.begin('Type');
    store.preview(rename('typed'));
    store.commit('Clear', rename(''));
    expect(store.getState().past.map((step) => step.label)).toEqual(['Type', 'Clear']);
    store.begin('Type');
    store.preview(rename('again'));
    store.undo();
    expect(title(store)).toBe('');
    expect(redoLabel(store.getState())).toBe('Type');
  });

  test('a new edit clears what could be redone', () => {
    const store = createEditorStore('a', emptyGraph());
    store.commit('Rename', rename('one'));
    store.undo();
    store.commit('Rename', rename('two'));
    expect(store.getState().future).toEqual([]);
    store.redo();
    expect(title(store)).toBe('two');
  });

  test('an edit that returns its graph is no step', () => {
    const store = createEditorStore('a', emptyGraph());
    store.commit('Nothing', (graph) => graph);
    expect(store.getState().past).toEqual([]);
  });

  test('opening another document starts a history of its own', () => {
    const store = createEditorStore('a', emptyGraph());
    store.commit('Rename', rename('one'));
    store.begin('Type');
    store.open('b', emptyGraph());
    expect(store.getState()).toMatchObject({ id: 'b', past: [], future: [], gesture: undefined });
  });

  test('going on as another document keeps history and gesture, each state edited', () => {
    const store = createEditorStore('a', emptyGraph());
    const copy = (graph: Graph) => ({ ...graph, title: `${graph.title} (copy)` });
    store.commit('Rename', rename('one'));
    store.commit('Rename', rename('two'));
    store.undo();
    store.begin('Type');
    store.goOnAs('b', copy);
    expect(store.getState()).toMatchObject({ id: 'b', copyOf: 'a', graph: { title: 'one (copy)' } });
    store.end();
    expect(store.getState().past).toHaveLength(1);
    store.redo();
    expect(title(store)).toBe('two (copy)');
    store.begin('Type');
    store.preview(rename('typed'));
    store.goOnAs('c', copy);
    store.preview((graph) => ({ ...graph, about: 'typed' }));
    store.end();
    expect(store.getState().graph).toMatchObject({ title: 'two (copy) (copy)', about: 'typed' });
    store.open('d', emptyGraph());
    expect(store.getState().copyOf).toBeUndefined();
  });

  test('after any edits, undoing all gives back the first document and redoing all the last', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 5 }), { maxLength: 30 }), (titles) => {
        const first = emptyGraph();
        const store = createEditorStore('a', first);
        for (const text of titles) store.commit('Rename', rename(text));
        const last = store.getState().graph;
        const steps = store.getState().past.length;
        for (let i = 0; i < steps; i++) store.undo();
        expect(store.getState().graph).toBe(first);
        for (let i = 0; i < steps; i++) store.redo();
        expect(store.getState().graph).toBe(last);
      }),
    );
  });
});
