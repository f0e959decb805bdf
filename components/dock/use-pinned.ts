import { useEffect, useMemo, useState } from 'react';
import { usePlain } from '@/components/hooks/use-checked';
import { useSame } from '@/components/hooks/use-same';
import { type ComparedCurve, comparedCurves } from '@/components/runs/compared';
import type { PinnedRun } from '@/components/runs/pinned-runs';
import { needed } from '@/components/ui/missing';
import { type ChartName, charts, sourceOf } from './charts';
import { samePlayerCurves } from './players';
import { useTraining } from './training-context';

const loadPinned = () => import('@/components/runs/pinned-runs');

const none: readonly PinnedRun[] = [];

/** Pinned runs of the document, but for the one that is open. Asked again when that is another. */
export function usePinned(): readonly PinnedRun[] {
  const document = useTraining((state) => state.documentId);
  const runId = useTraining((state) => state.runId);
  const status = useTraining((state) => state.status.type);
  const [pinned, setPinned] = useState(none);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that begins has set another one aside
  useEffect(() => {
    let isOver = false;
    void needed('The pinned runs', loadPinned)
      .then(({ readPinned }) => readPinned(document))
      // Without storage there are none.
      .catch(() => none)
      .then((found) => {
        if (!isOver) setPinned((before) => (found.length + before.length === 0 ? before : found));
      });
    return () => {
      isOver = true;
    };
  }, [document, runId, status]);
  return pinned;
}

/** Their curves on a chart. Each has a kind of line that the run which is open has not. */
export function usePinnedCurves(pinned: readonly PinnedRun[], chart: ChartName): readonly ComparedCurve[] {
  const present = usePlain();
  const curves = useMemo(() => {
    if (pinned.length === 0) return [];
    const runs = [{ id: '', title: '', graph: present }, ...pinned];
    const overlay = { value: chart, label: charts[chart].title, source: sourceOf(chart) };
    const titles = new Map(pinned.map(({ id, title }) => [id, title]));
    // Of a long name the end is cut: whose curve it is comes first.
    return comparedCurves(runs, overlay)
      .filter(({ run }) => run !== '')
      .map((curve) => ({ ...curve, label: `${curve.own} · ${titles.get(curve.run)}` }));
  }, [pinned, chart, present]);
  return useSame(curves, samePlayerCurves) as readonly ComparedCurve[];
}
