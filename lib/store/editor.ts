import { createStore, type StoreApi } from 'zustand/vanilla';
import { graphAt, type Path, putBack, validPath } from '@/lib/check/blocks/inside';
import type { Graph } from '@/lib/graph/schema';

/**
 * The document and its history, over immutable graphs. An edit is a pure function of the graph that is shown; one
 * that returns the graph it was given is no edit. A gesture (drag, slider, typing) previews as often as it likes and commits
 * once, when it ends. Selection and panels live in the session store.
 */
export type Edit = (graph: Graph) => Graph;

/** A document that can be gone back to, and what the edit between it and its neighbour was. */
export interface Step {
  readonly label: string;
  readonly graph: Graph;
}

export interface EditorState {
  /** Under which the document is kept in this browser; not part of it. */
  readonly id: string;
  /** The id under which this document was open until it went on as a copy. */
  readonly copyOf: string | undefined;
  readonly graph: Graph;
  /** Uses of blocks that were entered, the outermost first. */
  readonly path: Path;
  /** What is shown and edited: the document, or the inside of the block that the path leads into. */
  readonly shown: Graph;
  /** Documents before each edit, oldest first. */
  readonly past: readonly Step[];
  /** Documents after each undone edit, next redo last. */
  readonly future: readonly Step[];
  /** The gesture under way and the document before it. */
  readonly gesture: Step | undefined;
}

export type History = Pick<EditorState, 'past' | 'future'>;

interface EditorActions {
  commit(label: string, edit: Edit): void;
  begin(label: string): void;
  /** Shows an edit of the document as it was when the gesture began. */
  preview(edit: Edit): void;
  end(): void;
  cancel(): void;
  undo(): void;
  redo(): void;
  /** Shows the inside of a block, or what is around it; not part of the history. */
  enter(path: Path): void;
  /** Another document, with a history of its own: none, or what was kept of it. */
  open(id: string, graph: Graph, history?: History): void;
  /** The same document under another id, with its history; the edit is made to all of its states. */
  goOnAs(id: string, edit: Edit): void;
}

export type EditorStore = StoreApi<EditorState> & EditorActions;

/** Steps kept; older ones are forgotten. Graphs share what they have in common. */
const HISTORY = 500;

const fresh = (id: string, graph: Graph): EditorState => ({
  id,
  copyOf: undefined,
  graph,
  path: [],
  shown: graph,
  past: [],
  future: [],
  gesture: undefined,
});

/** A document and its history under another id, an edit made to all of its states. */
export function asAnother(state: EditorState, id: string, edit: Edit): EditorState {
  const { graph, past, future, gesture } = state;
  const edited = (step: Step): Step => ({ ...step, graph: edit(step.graph) });
  const next = edit(graph);
  // A gesture that has changed nothing yet still begins at the document that is shown.
  const begun = gesture?.graph === graph ? { ...gesture, graph: next } : gesture && edited(gesture);
  return {
    id,
    copyOf: state.id,
    ...showing(next, state.path),
    past: past.map(edited),
    future: future.map(edited),
    gesture: begun,
  };
}

/** A document, and what is shown of it: as deep along the path as it still leads somewhere. */
function showing(graph: Graph, path: Path): Pick<EditorState, 'graph' | 'path' | 'shown'> {
  const valid = validPath(graph, path);
  return { graph, path: valid, shown: graphAt(graph, valid) };
}

/** The document after an edit of what is shown of it. */
function editAt(graph: Graph, path: Path, edit: Edit): Graph {
  const before = graphAt(graph, path);
  const after = edit(before);
  return after === before ? graph : putBack(graph, after);
}

export function createEditorStore(id: string, graph: Graph): EditorStore {
  const store = createStore<EditorState>()(() => fresh(id, graph));
  const { getState, setState } = store;

  /** The document moves on from `before` to `after`. */
  function record(label: string, before: Graph, after: Graph): void {
    const past = [...getState().past, { label, graph: before }].slice(-HISTORY);
    setState({ ...showing(after, getState().path), past, future: [], gesture: undefined });
  }

  const actions: EditorActions = {
    commit(label, edit) {
      actions.end();
      const { graph: before, path } = getState();
      const after = editAt(before, path, edit);
      if (after !== before) record(label, before, after);
    },
    begin(label) {
      actions.end();
      setState({ gesture: { label, graph: getState().graph } });
    },
    preview(edit) {
      const { gesture, path } = getState();
      if (gesture) setState(showing(editAt(gesture.graph, path, edit), path));
    },
    end() {
      const { gesture, graph: after } = getState();
      if (!gesture) return;
      if (after === gesture.graph) setState({ gesture: undefined });
      else record(gesture.label, gesture.graph, after);
    },
    cancel() {
      const { gesture } = getState();
      if (gesture) setState({ ...showing(gesture.graph, getState().path), gesture: undefined });
    },
    undo() {
      actions.end();
      const { past, future, graph: current } = getState();
      const step = past.at(-1);
      if (!step) return;
      const undone = { label: step.label, graph: current };
      const shown = showing(step.graph, getState().path);
      setState({ ...shown, past: past.slice(0, -1), future: [...future, undone] });
    },
    redo() {
      actions.end();
      const { past, future, graph: current } = getState();
      const step = future.at(-1);
      if (!step) return;
      const done = { label: step.label, graph: current };
      const shown = showing(step.graph, getState().path);
      setState({ ...shown, past: [...past, done], future: future.slice(0, -1) });
    },
    enter(path) {
      actions.end();
      setState(showing(getState().graph, path));
    },
    open(nextId, next, history) {
      setState({ ...fresh(nextId, next), ...history });
    },
    goOnAs(id, edit) {
      setState(asAnother(getState(), id, edit));
    },
  };
  return Object.assign(store, actions);
}

/** What undo would take back, and redo bring again. */
export const undoLabel = (state: EditorState): string | undefined =>
  state.gesture?.label ?? state.past.at(-1)?.label;
export const redoLabel = (state: EditorState): string | undefined => state.future.at(-1)?.label;
