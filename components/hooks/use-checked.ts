'use client';
import { useMemo } from 'react';
import type { Checked } from '@/lib/check/checked';
import { checkedOf } from '@/lib/edit/checked-of';
import { useEditor } from './stores';

export function useChecked(): Checked {
  const graph = useEditor((state) => state.graph);
  return useMemo(() => checkedOf(graph), [graph]);
}
