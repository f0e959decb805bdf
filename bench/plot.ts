import type { Scaling } from './results';

/** Milliseconds against multiply-adds, both logarithmic, as an SVG that reads on light and on dark. */
const WIDTH = 720;
const HEIGHT = 420;
const MARGIN = { left: 56, right: 190, top: 20, bottom: 44 };

/** They differ in shape too. Hues of middling lightness: visible on white and on near-black. */
const series = [
  { color: '#3b82f6', mark: 'circle' },
  { color: '#e07b00', mark: 'square' },
  { color: '#16a34a', mark: 'triangle' },
  { color: '#d946a6', mark: 'diamond' },
  { color: '#8b5cf6', mark: 'cross' },
] as const;

const style = `
  text { font: 12px system-ui, sans-serif; fill: #3f3f46 }
  .grid { stroke: #d4d4d8; stroke-width: 1 }
  .ideal { stroke: #71717a; stroke-dasharray: 4 4 }
  @media (prefers-color-scheme: dark) { text { fill: #d4d4d8 } .grid { stroke: #3f3f46 } .ideal { stroke: #a1a1aa } }`;

export function plotScaling({ axes }: Scaling): string {
  const points = axes.flatMap((axis) => axis.points);
  const x = logScale(
    points.map((point) => point.multiplyAdds),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const y = logScale(
    points.map((point) => point.median),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const lines = axes.map((axis, i) => {
    const { color, mark } = series[i % series.length] as (typeof series)[number];
    const at = axis.points.map((p) => [x.at(p.multiplyAdds), y.at(p.median)] as const);
    const path = at.map(([px, py], k) => `${k === 0 ? 'M' : 'L'}${round(px)} ${round(py)}`).join('');
    const legendY = MARGIN.top + 14 + 34 * i;
    return [
      `<path d="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
      ...at.map(([px, py]) => drawMark(mark, px, py, color)),
      drawMark(mark, WIDTH - MARGIN.right + 18, legendY - 4, color),
      `<text x="${WIDTH - MARGIN.right + 30}" y="${legendY}">${axis.name}</text>`,
      `<text x="${WIDTH - MARGIN.right + 30}" y="${legendY + 14}" opacity="0.75">slope ${axis.fit.slope.toFixed(2)}, R² ${axis.fit.r2.toFixed(3)}</text>`,
    ].join('\n  ');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Milliseconds per iteration against multiply-adds">
  <style>${style}
  </style>
  ${grid(x, y)}
  ${ideal(x, y)}
  ${lines.join('\n  ')}
  <text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">multiply-adds per iteration</text>
  <text x="14" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 ${HEIGHT / 2})">ms per iteration</text>
</svg>
`;
}

interface Scale {
  at(value: number): number;
  readonly low: number;
  readonly high: number;
  /** Whole powers of ten within. */
  readonly decades: readonly number[];
}

function logScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.min(...values) / 1.5;
  const high = Math.max(...values) * 1.5;
  const span = Math.log(high / low);
  const decades = [];
  for (let power = Math.ceil(Math.log10(low)); 10 ** power <= high; power++) decades.push(10 ** power);
  return { at: (value) => from + ((to - from) * Math.log(value / low)) / span, low, high, decades };
}

function grid(x: Scale, y: Scale): string {
  const [left, right] = [MARGIN.left, WIDTH - MARGIN.right];
  const [top, bottom] = [MARGIN.top, HEIGHT - MARGIN.bottom];
  return [
    ...x.decades.flatMap((value) => [
      `<line class="grid" x1="${round(x.at(value))}" x2="${round(x.at(value))}" y1="${top}" y2="${bottom}"/>`,
      `<text x="${round(x.at(value))}" y="${bottom + 16}" text-anchor="middle">${short(value)}</text>`,
    ]),
    ...y.decades.flatMap((value) => [
      `<line class="grid" x1="${left}" x2="${right}" y1="${round(y.at(value))}" y2="${round(y.at(value))}"/>`,
      `<text x="${left - 6}" y="${round(y.at(value) + 4)}" text-anchor="end">${value}</text>`,
    ]),
  ].join('\n  ');
}

/** Time in proportion to the multiply-adds, through the upper right corner. */
function ideal(x: Scale, y: Scale): string {
  const reach = Math.min(x.high / x.low, y.high / y.low);
  const [x1, y1] = [x.at(x.high / reach), y.at(y.high / reach)];
  return `<line class="ideal" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x.at(x.high))}" y2="${round(y.at(y.high))}"/>
  <text x="${round(x1) + 22}" y="${round(y1) - 10}" opacity="0.75">in proportion</text>`;
}

function drawMark(mark: (typeof series)[number]['mark'], x: number, y: number, color: string): string {
  const at = (dx: number, dy: number) => `${round(x + dx)} ${round(y + dy)}`;
  switch (mark) {
    case 'circle':
      return `<circle cx="${round(x)}" cy="${round(y)}" r="4" fill="${color}"/>`;
    case 'square':
      return `<rect x="${round(x - 3.5)}" y="${round(y - 3.5)}" width="7" height="7" fill="${color}"/>`;
    case 'triangle':
      return `<path d="M${at(0, -5)}L${at(4.5, 3.5)}L${at(-4.5, 3.5)}Z" fill="${color}"/>`;
    case 'diamond':
      return `<path d="M${at(0, -5)}L${at(5, 0)}L${at(0, 5)}L${at(-5, 0)}Z" fill="${color}"/>`;
    case 'cross':
      return `<path d="M${at(-4, -4)}L${at(4, 4)}M${at(-4, 4)}L${at(4, -4)}" stroke="${color}" stroke-width="2"/>`;
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;
const short = (value: number): string =>
  value >= 1e9 ? `${value / 1e9} G` : value >= 1e6 ? `${value / 1e6} M` : `${value / 1e3} k`;
