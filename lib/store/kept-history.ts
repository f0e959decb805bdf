import * as z from 'zod';
import { type Applied, applyChange, type Change, type Direction, findChange } from '@/lib/edit/change';
import { FORMAT_VERSION, type Graph, graphSchema, limits } from '@/lib/graph/schema';
import type { EditorState, History, Step } from './editor';

/**
 * Undo and redo as they are kept with the document: each step is its label and what its edit changed, as text
 * that is made once. Nothing is trusted when it is read: what does not lead to sound documents is no history.
 */
export interface KeptHistory {
  /** The format of the documents. */
  readonly version: number;
  /** Oldest first, as in the editor. */
  readonly past: readonly string[];
  /** Next redo last. */
  readonly future: readonly string[];
}

/** Characters that are kept of a document's history; the steps nearest to the document stay. */
export const MOST_KEPT = 2_000_000;

const fields = z.record(z.string(), z.unknown());
const runs = z.array(z.tuple([z.int(), z.array(z.unknown()), z.array(z.unknown())])).optional();
const stepSchema = z.strictObject({
  label: z.string().max(1_000),
  change: z.strictObject({
    head: z.tuple([fields, fields]).optional(),
    networks: runs,
    nodes: runs,
    wires: runs,
  }),
});

const keptSchema = z
  .strictObject({
    // A step of version 1 means the same in version 2.
    version: z.int().min(1).max(FORMAT_VERSION),
    past: z.array(z.string()),
    future: z.array(z.string()),
  })
  .refine(
    ({ past, future }) => [...past, ...future].reduce((sum, { length }) => sum + length, 0) <= MOST_KEPT,
  );

/** The text of the step that led to a document. */
const texts = new WeakMap<Graph, { readonly label: string; readonly before: Graph; readonly text: string }>();

function textOf(label: string, before: Graph, after: Graph): string {
  const known = texts.get(after);
  if (known?.before === before && known.label === label) return known.text;
  const text = JSON.stringify({ label, change: findChange(before, after) });
  texts.set(after, { label, before, text });
  return text;
}

export function packHistory({ past, future, gesture, graph }: EditorState): KeptHistory {
  // A gesture under way is a step already: what is kept is the document that it shows.
  const isGesture = gesture !== undefined && gesture.graph !== graph;
  const steps: readonly Step[] = isGesture ? [...past, gesture] : past;
  const ahead = isGesture ? [] : future;
  let left = MOST_KEPT;
  const take = (text: string) => {
    left -= text.length;
    return left >= 0;
  };
  const kept: { past: string[]; future: string[] } = { past: [], future: [] };
  for (let i = steps.length - 1, after = graph; i >= 0; i--) {
    const { label, graph: before } = steps[i] as Step;
    const text = textOf(label, before, after);
    if (!take(text)) break;
    kept.past.unshift(text);
    after = before;
  }
  for (let i = ahead.length - 1, before = graph; i >= 0; i--) {
    const { label, graph: after } = ahead[i] as Step;
    const text = textOf(label, before, after);
    if (!take(text)) break;
    kept.future.unshift(text);
    before = after;
  }
  return { version: FORMAT_VERSION, ...kept };
}

/** The history of a document that was read again; undefined where it is damaged, or another document's. */
export function unpackHistory(kept: unknown, graph: Graph): History | undefined {
  const parsed = keptSchema.safeParse(kept);
  if (!parsed.success) return undefined;
  const past = walk(graph, parsed.data.past, 'back');
  const future = walk(graph, parsed.data.future, 'forward');
  return past && future && { past, future };
}

/** The steps in one direction from the document on, furthest first; undefined where one of them is not sound. */
function walk(graph: Graph, kept: readonly string[], direction: Direction): Step[] | undefined {
  const steps: Step[] = [];
  const ids = new Set([...graph.networks, ...graph.nodes].map(({ id }) => id));
  let current = graph;
  for (const text of [...kept].reverse()) {
    const step = readStep(text);
    const applied = step && applyChange(current, step.change, direction);
    if (!applied || !isSound(applied, ids)) return undefined;
    const [before, after] = direction === 'back' ? [applied.graph, current] : [current, applied.graph];
    texts.set(after, { label: step.label, before, text });
    steps.push({ label: step.label, graph: applied.graph });
    current = applied.graph;
  }
  return steps.reverse();
}

function readStep(text: string): { readonly label: string; readonly change: Change } | undefined {
  try {
    const parsed = stepSchema.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as { label: string; change: Change }) : undefined;
  } catch {
    return undefined;
  }
}

/** What a step put in fits the schema, and no id is there twice; `ids` are those of the document, and stay so. */
function isSound({ graph, taken, put }: Applied, ids: Set<string>): boolean {
  const isTooLong = (['networks', 'nodes', 'wires'] as const).some(
    (list) => graph[list].length > limits[list],
  );
  if (isTooLong || !graphSchema.safeParse({ ...graph, ...put }).success) return false;
  for (const { id } of [...taken.networks, ...taken.nodes]) ids.delete(id);
  for (const { id } of [...put.networks, ...put.nodes]) {
    if (ids.has(id)) return false;
    ids.add(id);
  }
  return true;
}
