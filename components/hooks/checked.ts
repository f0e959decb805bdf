'use client';
import { useMemo } from 'react';
import { checkGraph } from '@/lib/check/check';
import type { Checked } from '@/lib/check/checked';
import type { Graph } from '@/lib/graph/schema';

import { useEditor } from './stores';

const cache = new WeakMap<Graph, Checked>();

/** What follows from a document; computed once per graph, whoever asks. */
export function checkedOf(graph: Graph): Checked {
  const known = cache.get(graph);
  if (known) return known;
  const checked = checkGraph(graph);
  cache.set(graph, checked);
  return checked;
}

export function useChecked(): Checked {
  const graph = useEditor((state) => state.graph);
  return useMemo(() => checkedOf(graph), [graph]);
}
