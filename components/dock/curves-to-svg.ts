import { dashOf, type PlayerCurve } from './players';
import { inRows } from './rows';

interface Drawn {
  readonly title: string;
  readonly curves: readonly PlayerCurve[];
  /** Iterations, then a column for each curve; NaN and null are gaps. */
  readonly data: readonly (readonly (number | null)[])[];
  /** What is drawn of a value, as on a logarithmic scale. */
  readonly place: (value: number) => number;
  readonly color: (curve: PlayerCurve) => string;
}

const [WIDTH, PLOT, LEFT, BOTTOM] = [640, 258, 56, 28];
/** A row of the legend, and roughly the width of a letter. */
const [ROW, LETTER] = [18, 6.6];

/** Curves as a picture of lines, of which papers are made: axes, a legend, a path for each. */
export function curvesToSvg({ title, curves, data, place, color }: Drawn): string {
  const [iterations = [], ...columns] = data;
  const places = inRows(
    curves.map(({ label }) => 24 + LETTER * label.length),
    WIDTH - LEFT - 102,
    16,
  );
  const TOP = 34 + ROW * Math.max(0, ...places.map(({ row }) => row));
  const HEIGHT = TOP + PLOT + BOTTOM;
  const xs = rangeOf(iterations);
  const ys = rangeOf(columns.flat().map((value) => (isNumber(value) ? place(value) : Number.NaN)));
  const x = (value: number) => LEFT + ((WIDTH - LEFT - 12) * (value - xs[0])) / (xs[1] - xs[0] || 1);
  const y = (value: number) => HEIGHT - BOTTOM - (PLOT * (place(value) - ys[0])) / (ys[1] - ys[0] || 1);
  const paths = curves.map((curve, i) => {
    const points = iterations.flatMap((iteration, row) => {
      const value = columns[i]?.[row];
      return isNumber(iteration) && isNumber(value)
        ? [`${x(iteration).toFixed(1)},${y(value).toFixed(1)}`]
        : [];
    });
    return `<polyline fill="none" stroke="${color(curve)}" stroke-width="1.5"${dash(curve)} points="${points.join(' ')}"/>`;
  });
  const values = columns.flat().filter(isNumber);
  const ends = values.length > 0 ? [Math.min(...bounded(values)), Math.max(...bounded(values))] : [];
  const ticks = [
    ...ends.map((value) => text(LEFT - 6, y(value) + 4, label(value), 'end')),
    ...xs.map((value, i) => text(x(value), HEIGHT - 8, label(value), i === 0 ? 'start' : 'end')),
  ];
  const legend = curves.map((curve, i) => {
    const at = LEFT + 90 + (places[i]?.at ?? 0);
    const down = 16 + ROW * (places[i]?.row ?? 0);
    return `<line x1="${at.toFixed(1)}" x2="${(at + 18).toFixed(1)}" y1="${down}" y2="${down}" stroke="${color(curve)}" stroke-width="2"${dash(curve)}/>${text(at + 24, down + 4, curve.label, 'start')}`;
  });
  const axis = `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - 12}" fill="none" stroke="#888"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${text(12, 20, title, 'start')}${legend.join('')}${axis}${ticks.join('')}${paths.join('')}</svg>`;
}

const isNumber = (value: number | null | undefined): value is number =>
  value != null && Number.isFinite(value);
const dash = (curve: PlayerCurve): string => {
  const lengths = dashOf(curve).join(' ');
  return lengths && ` stroke-dasharray="${lengths}"`;
};
const label = (value: number): string => String(Number(value.toPrecision(3)));
const text = (x: number, y: number, words: string, anchor: 'start' | 'end'): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#222">${escaped(words)}</text>`;
const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Both ends, also of more values than a call takes arguments. */
function rangeOf(values: readonly (number | null)[]): readonly [number, number] {
  const [low = 0, high = 1] = bounded(values.filter(isNumber));
  return [low, high];
}

const bounded = (values: readonly number[]): readonly number[] =>
  values.length === 0
    ? []
    : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
