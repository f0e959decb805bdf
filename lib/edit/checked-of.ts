import { checkGraph } from '@/lib/check/check';
import type { Checked } from '@/lib/check/checked';
import type { Graph } from '@/lib/graph/schema';
import { rebase } from './rebase';

const cache = new WeakMap<Graph, Checked>();
let last: Checked | undefined;

/** What follows from a document; computed once per graph, whoever asks. */
export function checkedOf(graph: Graph): Checked {
  const known = cache.get(graph);
  if (known) return known;
  const checked = (last && rebase(last, graph)) ?? checkGraph(graph);
  last = checked;
  cache.set(graph, checked);
  return checked;
}
