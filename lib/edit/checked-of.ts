import { originOfInside } from '@/lib/check/blocks/inside';
import { joinIds } from '@/lib/check/blocks/plain-id';
import { shownAt } from '@/lib/check/blocks/shown';
import { checkGraph } from '@/lib/check/check';
import type { Checked } from '@/lib/check/checked';
import type { Graph } from '@/lib/graph/schema';
import { rebase } from './rebase';

const cache = new WeakMap<Graph, Checked>();
let last: Checked | undefined;

/** What follows from a document, its blocks expanded; computed once per graph, whoever asks. */
export function plainOf(graph: Graph): Checked {
  const known = cache.get(graph);
  if (known) return known;
  const checked = (last && rebase(last, graph)) ?? checkGraph(graph);
  last = checked;
  cache.set(graph, checked);
  return checked;
}

const shown = new WeakMap<Graph, Checked>();

/**
 * The same by the nodes that a graph has itself, uses of blocks among them. Of the inside of a block, as it is where
 * it was entered; an inside in the middle of an edit is checked alone, without what is wired to it.
 */
export function checkedOf(graph: Graph): Checked {
  if (graph.inside === undefined && graph.blocks.length === 0) return plainOf(graph);
  const known = shown.get(graph);
  if (known) return known;
  const origin = originOfInside(graph);
  const plain = origin && plainOf(origin.document);
  const use = origin && joinIds(origin.path.slice(0, -1), origin.path.at(-1) as string);
  const checked =
    origin && use !== undefined && plain?.uses.has(use)
      ? shownAt(plain, graph, origin.path)
      : shownAt(checkGraph(graph), graph, []);
  shown.set(graph, checked);
  return checked;
}
