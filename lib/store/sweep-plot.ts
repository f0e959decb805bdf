import { formatNumber } from '@/lib/draw/text';
import type { Axis } from '@/lib/train/sweep';
import { type Column, sayValue } from './sweep-words';
import type { ShownResult } from './sweeps';

/** An axis of parallel coordinates: a parameter that was varied, or a number of the results. Places are 0 to 1, upwards. */
export interface PlotAxis {
  readonly id: string;
  readonly label: string;
  /** Undefined where a result has no such number. */
  place(result: ShownResult): number | undefined;
  /** What stands at a place. */
  sayAt(place: number): string;
  readonly ticks: readonly { readonly place: number; readonly text: string }[];
}

/** What of an axis is chosen. */
export type Brush = readonly [from: number, to: number];
export type Brushes = ReadonlyMap<string, Brush>;

/** Values that are further apart are on a logarithmic scale. */
const LOG_RATIO = 100;
/** More values have only their ends written. */
const MOST_TICKS = 8;

interface Scale {
  readonly isLog: boolean;
  place(value: number): number;
  value(place: number): number;
}

function scaleOf(values: readonly number[]): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isLog = least > 0 && most / least >= LOG_RATIO;
  const [to, from] = isLog ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x];
  const span = to(most) - to(least);
  return {
    isLog,
    place: (value) => (span === 0 ? 0.5 : (to(value) - to(least)) / span),
    value: (place) => from(to(least) + place * span),
  };
}

/** The axis of a parameter: numbers to scale, anything else at even distances in the order of its values. */
export function parameterAxis({ path, values }: Axis, label: string): PlotAxis {
  const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
  if (distinct.every(isNumber)) {
    const scale = scaleOf(distinct);
    return {
      id: path,
      label: named(label, scale),
      place: (result) => {
        const value = result.values[path];
        return isNumber(value) ? scale.place(value) : undefined;
      },
      sayAt: (place) => formatNumber(scale.value(place)),
      ticks: ticksOf(distinct, scale, (value) => String(sayValue(value))),
    };
  }
  const texts = distinct.map((value) => String(sayValue(value)));
  const placeAt = (i: number) => (texts.length === 1 ? 0.5 : i / (texts.length - 1));
  return {
    id: path,
    label,
    place(result) {
      const at = texts.indexOf(String(sayValue(result.values[path])));
      return at < 0 ? undefined : placeAt(at);
    },
    sayAt: (place) => texts[Math.round(place * (texts.length - 1))] ?? '',
    ticks: texts.map((text, i) => ({ place: placeAt(i), text })),
  };
}

/** The axis of a number of the results; undefined where none of them has it. */
export function resultAxis(
  { id, label, value }: Pick<Column, 'id' | 'label' | 'value'>,
  results: readonly ShownResult[],
): PlotAxis | undefined {
  const finite = (result: ShownResult) => {
    const found = value(result);
    return found !== undefined && Number.isFinite(found) ? found : undefined;
  };
  const values = results.flatMap((result) => finite(result) ?? []);
  if (values.length === 0) return undefined;
  const scale = scaleOf(values);
  const ends = [Math.min(...values), Math.max(...values)];
  return {
    id,
    label: named(label, scale),
    place(result) {
      const found = finite(result);
      return found === undefined ? undefined : scale.place(found);
    },
    sayAt: (place) => formatNumber(scale.value(place)),
    ticks: ticksOf([...new Set(ends)], scale, formatNumber),
  };
}

const named = (label: string, { isLog }: Scale): string => (isLog ? `${label}, log` : label);

function ticksOf(values: readonly number[], scale: Scale, say: (value: number) => string) {
  const shown = values.length > MOST_TICKS ? [Math.min(...values), Math.max(...values)] : values;
  return shown.map((value) => ({ place: scale.place(value), text: say(value) }));
}

/** Whether a result is in all that is chosen. One without a number is not in a part of its axis. */
export const isBrushed = (axes: readonly PlotAxis[], brushes: Brushes, result: ShownResult): boolean =>
  axes.every((axis) => {
    const brush = brushes.get(axis.id);
    if (!brush) return true;
    const place = axis.place(result);
    return place !== undefined && place >= brush[0] && place <= brush[1];
  });

type Point = readonly [x: number, y: number];

/** The line that passes nearest to a point, at most so far away; lines have gaps. */
export function nearestLine(
  lines: readonly (readonly (Point | undefined)[])[],
  at: Point,
  most: number,
): number | undefined {
  let nearest: number | undefined;
  let least = most;
  lines.forEach((points, line) => {
    for (let i = 0; i < points.length; i++) {
      const [from, to = from] = [points[i], points[i + 1]];
      const away = from && to ? distanceTo(from, to, at) : Number.POSITIVE_INFINITY;
      if (away <= least) [nearest, least] = [line, away];
    }
  });
  return nearest;
}

function distanceTo([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
