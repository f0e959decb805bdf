import { type RefObject, useMemo } from 'react';
import { useEditor } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import { downloadFile, stemOf } from '@/components/ui/download';
import type { Menu } from '@/components/ui/menu';
import { needed } from '@/components/ui/missing';
import type { Checked } from '@/lib/check/checked';
import { nameOf } from '@/lib/check/names';
import { readingsOf } from '@/lib/check/readings';
import type { Curves } from '@/lib/store/curves';
import { type CurveColumn, curvesToCsv } from '@/lib/store/curves-to-csv';
import { type ChartName, charts, sourceOf } from './charts';
import { css } from './css';
import { curvesToSvg } from './curves-to-svg';
import type { PlayerCurve } from './players';
import { useTrainingStore } from './training-context';

interface Shown {
  readonly name: ChartName;
  readonly curves: readonly PlayerCurve[];
  readonly isLog: boolean;
}

/** What can be saved of a run's curves: those that are shown and metrics as numbers, the chart as a picture. */
export function useSaving({ name, curves, isLog }: Shown, chart: RefObject<HTMLElement | null>): Menu {
  const training = useTrainingStore();
  const { feed } = training;
  const checked = usePlain();
  const stem = stemOf(useEditor(({ graph }) => graph.title));
  const metrics = useMemo(() => metricsIn(checked), [checked]);
  const asCsv = (name: string, curves: Curves, columns: readonly CurveColumn[]) => () =>
    downloadFile(`${stem}-${name}.csv`, curvesToCsv(curves, columns), 'text/csv');
  const { title } = charts[name];
  const source = feed[sourceOf(name)];
  const shown = curves.map(({ id, label }) => ({ series: id, label: `${charts[name].one} of ${label}` }));
  const isEmpty = shown.length === 0;
  return [
    { label: `${title} as CSV`, disabled: isEmpty, onSelect: asCsv(name, source, shown) },
    {
      label: 'Metrics as CSV',
      disabled: metrics.length === 0,
      onSelect: asCsv('metrics', feed.metrics, metrics),
    },
    {
      label: 'Picture of the curves (PNG)',
      disabled: isEmpty,
      onSelect: () => {
        const drawn = chart.current?.querySelector('canvas');
        if (drawn)
          withLegend(drawn, curves).toBlob(
            (png) => png && downloadFile(`${stem}-${name}.png`, png, 'image/png'),
          );
      },
    },
    {
      label: 'The run for TensorBoard (zip)',
      disabled: isEmpty,
      onSelect: () =>
        void needed('The writer for TensorBoard', () => import('./save-events')).then(({ saveEvents }) =>
          saveEvents(stem, training.feed, training.getState().iteration),
        ),
    },
    {
      label: 'Picture of the curves (SVG)',
      disabled: isEmpty,
      onSelect() {
        const data = source.table(curves.map(({ id }) => id)).map((column) => Array.from(column));
        const color = ({ color }: PlayerCurve) => css(`--net-${color}`);
        const place = isLog ? (value: number) => Math.asinh(value / 0.01) : (value: number) => value;
        const svg = curvesToSvg({ title, curves, data, place, color });
        downloadFile(`${stem}-${name}.svg`, svg, 'image/svg+xml');
      },
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

/** The chart as it is shown, on the page's ground, with whose curve is whose above it. */
function withLegend(drawn: HTMLCanvasElement, players: readonly PlayerCurve[]): HTMLCanvasElement {
  const scale = drawn.width / Math.max(1, drawn.clientWidth);
  const [line, top] = [18 * scale, 26 * scale];
  const picture = document.createElement('canvas');
  picture.width = drawn.width;
  picture.height = drawn.height + top;
  const context = picture.getContext('2d');
  if (!context) return picture;
  context.fillStyle = css('--surface');
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(drawn, 0, top);
  context.font = `${12 * scale}px ${css('--font-sans')}`;
  context.textBaseline = 'middle';
  context.lineWidth = 2 * scale;
  let x = 10 * scale;
  for (const { label, color, isDashed } of players) {
    context.strokeStyle = css(`--net-${color}`);
    context.setLineDash(isDashed ? [5 * scale, 4 * scale] : []);
    context.beginPath();
    context.moveTo(x, top / 2);
    context.lineTo(x + line, top / 2);
    context.stroke();
    context.fillStyle = css('--ink');
    context.fillText(label, x + line + 6 * scale, top / 2);
    x += line + 24 * scale + context.measureText(label).width;
  }
  return picture;
}
