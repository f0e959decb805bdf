import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeGraph } from '@/bench/canvas/graph';
import { ring } from '@/lib/check/testing/graphs';
import { setTitle } from '@/lib/edit/set';
import { edit } from '@/lib/edit/testing/edits';
import type { Graph } from '@/lib/graph/schema';
import { createEditorStore, type EditorStore } from './editor';
import { type KeptHistory, MOST_KEPT, packHistory, unpackHistory } from './kept-history';

/** As it is after a reload: nothing is the same object. */
const reloaded = <T>(value: T): T => JSON.parse(JSON.stringify(value));

function reload(store: EditorStore): EditorStore {
  const state = store.getState();
  const next = createEditorStore('', ring);
  const graph = reloaded(state.graph);
  next.open(state.id, graph, unpackHistory(reloaded(packHistory(state)), graph));
  return next;
}

const rename = (title: string) => (graph: Graph) => ({ ...graph, title });
/** Plain, without the fields that are undefined. */
const plain = (store: EditorStore) => reloaded({ ...store.getState(), id: '' });

describe('a kept history', () => {
  test('is the editor’s after any edits, undos and redos', () => {
    const act = fc.oneof(
      { weight: 3, arbitrary: edit },
      { weight: 1, arbitrary: fc.constantFrom('undo' as const, 'redo' as const, 'reload' as const) },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let store = createEditorStore('a', ring);
        let reloads = 0;
        for (const one of acts) {
          if (one === 'undo' || one === 'redo') store[one]();
          else if (one === 'reload') store = reload(store);
          else store.commit(`Edit ${++reloads}`, one);
        }
        expect(plain(reload(store))).toEqual(plain(store));
      }),
      { numRuns: 60 },
    );
  });

  test('has the gesture that is under way as its last step', () => {
    const store = createEditorStore('a', ring);
    store.commit('Rename', rename('One'));
    store.begin('Type');
    store.preview(rename('One and a ha'));
    const next = reload(store);
    expect(next.getState().past.map(({ label }) => label)).toEqual(['Rename', 'Type']);
    next.undo();
    expect(next.getState().graph.title).toBe('One');
  });

  test('stays within its bound; the steps nearest to the document are kept', () => {
    const store = createEditorStore('a', ring);
    const long = (i: number) => (graph: Graph) => ({ ...graph, about: `${i}`.padEnd(19_000, '.') });
    for (let i = 0; i < 120; i++) store.commit(`Edit ${i}`, long(i));
    for (let i = 0; i < 20; i++) store.undo();
    const { past, future } = packHistory(store.getState());
    const characters = [...past, ...future].reduce((sum, text) => sum + text.length, 0);
    expect(characters).toBeLessThanOrEqual(MOST_KEPT);
    expect(characters).toBeGreaterThan(0.9 * MOST_KEPT);
    const next = reload(store);
    for (let i = 99; i > 70; i--) {
      expect(next.getState().past.at(-1)?.label).toBe(`Edit ${i}`);
      next.undo();
    }
  });

  test('ends before a step that no longer fits, however small those before it are', () => {
    const large = makeGraph(10_000);
    const store = createEditorStore('a', large);
    store.commit('Rename', rename('One'));
    store.commit('Clear', (graph) => ({ ...graph, nodes: [], wires: [], networks: [] }));
    store.commit('Fill', () => ({ ...reloaded(large), title: 'Two' }));
    const counts = () => {
      const { past, future } = packHistory(store.getState());
      return [past.length, future.length];
    };
    expect(counts()).toEqual([1, 0]);
    store.undo();
    expect(counts()).toEqual([2, 0]);
    store.undo();
    expect(counts()).toEqual([1, 1]);
  });

  test('is small for what edits usually are, in a document of 10,000 nodes', () => {
    const large = makeGraph(10_000);
    const store = createEditorStore('a', large);
    for (let i = 0; i < 500; i++)
      store.commit('Title', (graph) => setTitle(graph, graph.nodes[17 * i]?.id ?? '', `Title ${i}`));
    store.commit('Move all', (graph) => ({
      ...graph,
      nodes: graph.nodes.map((node) => ({ ...node, at: [node.at[0] + 1, node.at[1]] })),
    }));
    const { past } = packHistory(store.getState());
    expect(past).toHaveLength(500);
    expect(past[0]?.length).toBeLessThan(120);
    expect(past.at(-1)?.length).toBeLessThan(800_000);
  });
});

describe('nothing is trusted:', () => {
  const store = createEditorStore('a', ring);
  store.commit('Rename', rename('One'));
  store.commit('Delete', (graph) => ({ ...graph, nodes: graph.nodes.slice(1) }));
  store.undo();
  const { graph } = store.getState();
  const kept = packHistory(store.getState());
  const withStep = (change: unknown): KeptHistory => ({
    ...kept,
    past: [JSON.stringify({ label: 'x', change })],
  });
  const [first, second] = ring.nodes;

  test('the history itself is restored', () => {
    expect(unpackHistory(kept, graph)).toMatchObject({
      past: [{ label: 'Rename' }],
      future: [{ label: 'Delete' }],
    });
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'history'],
    ['an older version', { ...kept, version: 0 }],
    ['no list', { ...kept, past: null }],
    ['no JSON', { ...kept, past: ['{'] }],
    ['an unknown field', { ...kept, past: [JSON.stringify({ label: 'x', change: {}, more: 1 })] }],
    ['another document’s title', withStep({ head: [{ title: 'A' }, { title: 'B' }] })],
    ['a field that no document has', withStep({ head: [{ format: null }, {}] })],
    ['a format that is changed', withStep({ head: [{ format: 'other' }, {}] })],
    ['a place outside', withStep({ nodes: [[1e9, [], []]] })],
    ['a node without an id', withStep({ nodes: [[0, [{}, {}], [{}]]] })],
    ['a node that is none', withStep({ nodes: [[0, [{ id: 'x', kind: 7 }], []]] })],
    ['a node that is there already', withStep({ nodes: [[1, [first], []]] })],
    ['a node that is null', withStep({ nodes: [[0, [null], []]] })],
    ['another node than the document’s', withStep({ nodes: [[0, [], [second]]] })],
    ['more than is kept', { ...kept, past: new Array(3).fill('x'.repeat(MOST_KEPT / 2)) }],
    ['too many wires', withStep({ wires: [[0, new Array(20_001).fill(ring.wires[0]), []]] })],
  ])('%s is no history', (_what, hostile) => {
    expect(unpackHistory(hostile, graph)).toBeUndefined();
  });

  test('any number of changes that change nothing does no harm', () => {
    const many = withStep({ wires: new Array(150_000).fill([0, [], []]) });
    expect(unpackHistory(many, graph)?.past[0]?.graph).toEqual(graph);
  });

  test('any damage gives sound documents or no history', () => {
    const text = JSON.stringify(kept);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), fc.nat(6), (at, put, cut) => {
        let damaged: unknown;
        try {
          damaged = JSON.parse(text.slice(0, at) + put + text.slice(at + cut));
        } catch {
          damaged = text;
        }
        const history = unpackHistory(damaged, graph);
        for (const step of [...(history?.past ?? []), ...(history?.future ?? [])])
          expect(
            step.graph.nodes.every(({ id, kind }) => typeof id === 'string' && typeof kind === 'string'),
          ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
