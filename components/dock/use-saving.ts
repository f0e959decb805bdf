import { type RefObject, useMemo } from 'react';
import { useEditor } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import { downloadFile, stemOf } from '@/components/ui/download';
import type { Menu } from '@/components/ui/menu';
import { needed } from '@/components/ui/missing';
import type { Checked } from '@/lib/check/checked';
import { nameOf } from '@/lib/check/names';
import { readingsOf } from '@/lib/check/readings';
import { type CurveColumn, curvesToCsv } from '@/lib/store/curves-to-csv';
import { type ChartName, charts } from './charts';
import type { CurveSource } from './losses-chart';
import type { PlayerCurve } from './players';
import { curveFiles } from './save-curves';
import { useTrainingStore } from './training-context';

interface Shown {
  readonly name: ChartName;
  readonly curves: readonly PlayerCurve[];
  readonly source: CurveSource;
  readonly isLog: boolean;
}

/** What can be saved of a run's curves: those that are shown and metrics as numbers, the chart as a picture. */
export function useSaving(
  { name, curves, source, isLog }: Shown,
  chart: RefObject<HTMLElement | null>,
): Menu {
  const training = useTrainingStore();
  const { feed } = training;
  const checked = usePlain();
  const stem = stemOf(useEditor(({ graph }) => graph.title));
  const metrics = useMemo(() => metricsIn(checked), [checked]);
  const [asCsv, ...asPictures] = curveFiles({
    stem: `${stem}-${name}`,
    title: charts[name].title,
    curves,
    columnOf: ({ label }) => `${charts[name].one} of ${label}`,
    source,
    isLog,
    chart: () => chart.current,
  });
  return [
    ...(asCsv ? [asCsv] : []),
    {
      label: 'Metrics as CSV',
      disabled: metrics.length === 0,
      onSelect: () => downloadFile(`${stem}-metrics.csv`, curvesToCsv(feed.metrics, metrics), 'text/csv'),
    },
    ...asPictures,
    {
      label: 'The run for TensorBoard (zip)',
      disabled: curves.length === 0,
      onSelect: () =>
        void needed('The writer for TensorBoard', () => import('./save-events')).then(({ saveEvents }) =>
          saveEvents(stem, training.feed, training.getState().iteration),
        ),
    },
  ];
}

const metricsIn = (checked: Checked): readonly CurveColumn[] =>
  [...checked.nodes.values()].flatMap((node) =>
    node.definition?.role === 'metric'
      ? readingsOf(node, checked).map(({ series, label }) => ({
          series,
          label: `${nameOf(checked, node.node.id)}: ${label}`,
        }))
      : [],
  );
