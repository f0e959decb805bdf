import { type ChartName, chartNames, charts, curvesOf, sourceOf } from '@/components/dock/charts';
import type { PlayerCurve } from '@/components/dock/players';
import type { Checked } from '@/lib/check/checked';
import { readingsOf } from '@/lib/check/readings';
import { palette } from '@/lib/graph/schema';

/** More kinds of line look alike. */
export const mostCompared = 4;

/** By the place of a run among those that are compared: colours are of networks, lines of runs. */
export const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** What is laid over each other: curves of a chart, or one reading of a metric. */
export interface Overlay {
  readonly value: string;
  readonly label: string;
  readonly source: 'losses' | 'health' | 'metrics';
}

interface Compared {
  readonly id: string;
  readonly title: string;
  readonly graph: Checked;
}

/** All that some run of these has. */
export function overlaysOf(runs: readonly Compared[]): readonly Overlay[] {
  const metrics = new Map(
    runs.flatMap(({ graph }) =>
      [...graph.nodes.values()].flatMap((node) =>
        readingsOf(node, graph).map(({ series, label }) => [series, label] as const),
      ),
    ),
  );
  return [
    ...chartNames.map((value) => ({ value, label: charts[value].title, source: sourceOf(value) })),
    ...[...metrics].map(([value, label]) => ({ value, label, source: 'metrics' as const })),
  ];
}

/** One curve, of which run and by what name its numbers are found. */
export interface ComparedCurve extends PlayerCurve {
  readonly run: string;
  readonly series: string;
  /** What it is called within its run. */
  readonly own: string;
}

/** Lines of an overlay: a run is a kind of line, and a name; a network is a colour. */
export function comparedCurves(
  runs: readonly Compared[],
  { value, source }: Overlay,
): readonly ComparedCurve[] {
  return runs.flatMap(({ id: run, title, graph }, i) => {
    const dash = dashes[i % dashes.length] as readonly number[];
    const curve = (
      series: string,
      own: string,
      label: string,
      color: PlayerCurve['color'],
    ): ComparedCurve => ({
      id: `${run} ${series}`,
      run,
      series,
      own,
      label,
      color,
      isDashed: dash.length > 0,
      dash,
    });
    if (source === 'metrics')
      return [curve(value, title, title, palette[i % palette.length] as PlayerCurve['color'])];
    return curvesOf(value as ChartName, graph).map(({ id, label, color }) =>
      curve(id, label, `${title}: ${label}`, color),
    );
  });
}
