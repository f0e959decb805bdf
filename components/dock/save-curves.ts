import { downloadFile } from '@/components/ui/download';
import type { Menu } from '@/components/ui/menu';
import { tableToCsv } from '@/lib/store/curves-to-csv';
import { css } from './css';
import { curvesToSvg } from './curves-to-svg';
import type { CurveSource } from './losses-chart';
import { dashOf, type PlayerCurve } from './players';
import { inRows } from './rows';

interface Saved {
  /** Of the file: `ring-losses`. */
  readonly stem: string;
  readonly title: string;
  readonly curves: readonly PlayerCurve[];
  /** A column of the CSV. */
  readonly columnOf: (curve: PlayerCurve) => string;
  readonly source: CurveSource;
  readonly isLog: boolean;
  /** Around the chart that is shown. */
  readonly chart: () => HTMLElement | null;
}

/** Curves that are shown as numbers and as pictures. */
export function curveFiles({ stem, title, curves, columnOf, source, isLog, chart }: Saved): Menu {
  const disabled = curves.length === 0;
  const table = () => source.table(curves.map(({ id }) => id));
  return [
    {
      label: `${title} as CSV`,
      disabled,
      onSelect: () =>
        downloadFile(`${stem}.csv`, tableToCsv(table(), curves.map(columnOf), source.stride?.()), 'text/csv'),
    },
    {
      label: 'Picture of the curves (PNG)',
      disabled,
      onSelect() {
        const drawn = chart()?.querySelector('canvas');
        if (drawn)
          withLegend(drawn, curves).toBlob((png) => png && downloadFile(`${stem}.png`, png, 'image/png'));
      },
    },
    {
      label: 'Picture of the curves (SVG)',
      disabled,
      onSelect() {
        const data = table().map((column) => Array.from(column));
        const color = ({ color }: PlayerCurve) => css(`--net-${color}`);
        const place = isLog ? (value: number) => Math.asinh(value / 0.01) : (value: number) => value;
        downloadFile(`${stem}.svg`, curvesToSvg({ title, curves, data, place, color }), 'image/svg+xml');
      },
    },
  ];
}

/** The chart as it is shown, on the page's ground, with whose curve is whose above it. */
function withLegend(drawn: HTMLCanvasElement, curves: readonly PlayerCurve[]): HTMLCanvasElement {
  const scale = drawn.width / Math.max(1, drawn.clientWidth);
  const [line, row, margin] = [18 * scale, 20 * scale, 10 * scale];
  const picture = document.createElement('canvas');
  picture.width = drawn.width;
  const context = picture.getContext('2d');
  if (!context) return picture;
  const font = `${12 * scale}px ${css('--font-sans')}`;
  context.font = font;
  const widths = curves.map(({ label }) => line + 6 * scale + context.measureText(label).width);
  const places = inRows(widths, picture.width - 2 * margin, 18 * scale);
  const top = 6 * scale + row * (1 + Math.max(0, ...places.map((place) => place.row)));
  // What was drawn and set so far goes with another height.
  picture.height = drawn.height + top;
  context.fillStyle = css('--surface');
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(drawn, 0, top);
  context.font = font;
  context.textBaseline = 'middle';
  context.lineWidth = 2 * scale;
  curves.forEach((curve, i) => {
    const { at, row: down } = places[i] ?? { at: 0, row: 0 };
    const [x, y] = [margin + at, row * (down + 0.65)];
    context.strokeStyle = css(`--net-${curve.color}`);
    context.setLineDash(dashOf(curve).map((length) => length * scale));
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + line, y);
    context.stroke();
    context.fillStyle = css('--ink');
    context.fillText(curve.label, x + line + 6 * scale, y);
  });
  return picture;
}
