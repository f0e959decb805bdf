'use client';
import { useMemo } from 'react';
import type { Checked } from '@/lib/check/checked';
import { checkedOf, plainOf } from '@/lib/edit/checked-of';
import { useEditor } from './stores';

/** What follows from what is shown. */
export function useChecked(): Checked {
  const graph = useEditor((state) => state.shown);
  return useMemo(() => checkedOf(graph), [graph]);
}

/** What follows from the whole document, its blocks expanded: what trains. */
export function usePlain(): Checked {
  const graph = useEditor((state) => state.graph);
  return useMemo(() => plainOf(graph), [graph]);
}
