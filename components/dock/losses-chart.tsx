'use client';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTheme } from '@/components/ui/theme';
import { smooth } from '@/lib/store/curves';
import { formatCount } from '@/lib/util/format-count';
import { css } from './css';
import styles from './losses-chart.module.css';
import { dashOf, type PlayerCurve } from './players';
import { useTrainingStore } from './training-context';

/** Where curves are read. */
export interface CurveSource {
  /** Iterations, then the values of each curve; NaN where it has none. */
  table(ids: readonly string[]): readonly Float64Array[];
  /** Iterations of which a row is the mean, where all curves have one grid. */
  stride?(): number;
  /** Calls when there is more. */
  subscribe(listener: () => void): () => void;
}

interface LossesChartProps {
  /** Read out in place of the chart. */
  readonly label: string;
  readonly source: CurveSource;
  readonly players: readonly PlayerCurve[];
  readonly isLog: boolean;
  readonly smoothing: number;
  readonly hidden: ReadonlySet<string>;
  /** What the curves are under the pointer. */
  readonly onPoint: (at: CurvePoint | undefined) => void;
  /** Gives the way back where a part was dragged open, nothing where all is shown. */
  readonly onZoom: (showAll: (() => void) | undefined) => void;
}

export interface CurvePoint {
  readonly iteration: number;
  /** By player, as drawn; absent where there is no value yet. */
  readonly values: ReadonlyMap<string, number>;
}

/** The curves, drawn by uPlot at most once per animation frame; loaded when the dock is first seen. */
export function LossesChart({
  label,
  source,
  players,
  isLog,
  smoothing,
  hidden,
  onPoint,
  onZoom,
}: LossesChartProps) {
  const { feed, timeline } = useTrainingStore();
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const options = useRef({ smoothing, hidden });
  options.current = { smoothing, hidden };
  const redraw = useRef(() => {});

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the document
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let isZoomed = false;
    const setZoomed = (next: boolean, of: uPlot) => {
      if (next !== isZoomed) onZoom(next ? () => of.setData(of.data) : undefined);
      isZoomed = next;
    };
    const chart = new uPlot(
      {
        ...describe(players, isLog, options.current.hidden),
        hooks: {
          setCursor: [({ data, cursor: { idx } }) => onPoint(pointAt(data, players, idx))],
          draw: [(of) => drawCursor(of, feed.lookedAt())],
          setScale: [(of, key) => key === 'x' && setZoomed(isPart(of), of)],
        },
      },
      [[], ...players.map(() => [])],
      element,
    );
    plot.current = chart;
    // Not after a drag, which zooms.
    chart.over.addEventListener('click', () => {
      const iteration = chart.data[0][chart.cursor.idx ?? -1];
      const isPinned = iteration === timeline.getState().cursor;
      if (iteration !== undefined) timeline.moveTo(isPinned ? undefined : iteration);
    });
    let waiting = 0;
    const draw = () => {
      waiting = 0;
      const [iterations, ...curves] = source.table(players.map(({ id }) => id));
      const data = [iterations, ...curves.map((curve) => gapped(smooth(curve, options.current.smoothing)))];
      chart.setData(data as uPlot.AlignedData, !isZoomed);
      if (isZoomed) chart.redraw(true, true);
    };
    const request = () => {
      waiting ||= requestAnimationFrame(draw);
    };
    redraw.current = request;
    const sizes = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) chart.setSize({ width, height });
    });
    sizes.observe(element);
    request();
    const unsubscribe = source.subscribe(request);
    return () => {
      unsubscribe();
      sizes.disconnect();
      cancelAnimationFrame(waiting);
      chart.destroy();
      plot.current = undefined;
      onZoom(undefined);
      onPoint(undefined);
    };
  }, [feed, timeline, source, players, isLog, theme, onPoint, onZoom]);

  useEffect(() => {
    players.forEach(({ id }, i) => {
      plot.current?.setSeries(i + 1, { show: !hidden.has(id) });
    });
  }, [players, hidden]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawing reads the new smoothing from the ref
  useEffect(() => {
    redraw.current();
  }, [smoothing]);

  return <div ref={host} className={styles.host} role="img" aria-label={label} />;
}

/** Of each curve the last value up to a place on the grid. */
function pointAt(
  [iterations, ...curves]: uPlot.AlignedData,
  players: readonly PlayerCurve[],
  index: number | null | undefined,
): CurvePoint | undefined {
  const iteration = iterations[index ?? -1];
  if (index == null || iteration === undefined) return undefined;
  const values = players.flatMap(({ id }, i): [string, number][] => {
    let at = index;
    while (at > 0 && curves[i]?.[at] == null) at--;
    const value = curves[i]?.[at];
    return value == null ? [] : [[id, value]];
  });
  return { iteration, values: new Map(values) };
}

/** A line at the iteration that samples and readings show, where that is not the newest. */
function drawCursor({ ctx, bbox, valToPos }: uPlot, iteration: number | undefined): void {
  if (iteration === undefined) return;
  const x = Math.round(valToPos(iteration, 'x', true));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = css('--accent');
  ctx.lineWidth = window.devicePixelRatio;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** Not all iterations are shown. */
function isPart({ scales, data: [iterations] }: uPlot): boolean {
  const [first, last] = [iterations[0], iterations.at(-1)];
  const { min, max } = scales.x ?? {};
  if (first === undefined || last === undefined || min == null || max == null) return false;
  return min > first || max < last;
}

/** NaN as null, which uPlot leaves out of its scales. */
const gapped = (values: Float64Array): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value));

function describe(
  players: readonly PlayerCurve[],
  isLog: boolean,
  hidden: ReadonlySet<string>,
): uPlot.Options {
  const font = `11px ${css('--font-sans')}`;
  const axis: uPlot.Axis = {
    stroke: css('--ink-faint'),
    font,
    grid: { stroke: css('--border'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: 300,
    height: 120,
    padding: [6, 22, 0, 0],
    legend: { show: false },
    // A click pins the place at which values are read, another one lets it go.
    cursor: { y: false, points: { size: 6 }, lock: true },
    scales: {
      x: { time: false },
      // asinh is logarithmic away from zero and takes losses below it.
      y: isLog ? { distr: 4, asinh: 0.01 } : {},
    },
    axes: [
      { ...axis, size: 22, gap: 2, grid: { show: false }, values: (_, ticks) => ticks.map(shortTick) },
      { ...axis, size: 44, gap: 4, space: 26, values: (_, ticks) => ticks.map(valueTick) },
    ],
    series: [
      {},
      ...players.map((curve) => ({
        label: curve.label,
        stroke: css(`--net-${curve.color}`),
        width: 1.5,
        show: !hidden.has(curve.id),
        spanGaps: true,
        points: { show: false },
        dash: [...dashOf(curve)],
      })),
    ],
  };
}

const shortTick = (value: number): string =>
  value >= 1e6 ? `${value / 1e6}M` : value >= 1e4 ? `${value / 1e3}k` : formatCount(value);

const valueTick = (value: number | null): string =>
  value === null ? '' : String(Number(value.toPrecision(3)));
