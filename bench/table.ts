import { missedControls, ratioOf } from './gates';
import type {
  Canvas,
  GameResult,
  Gate,
  Layers,
  Levers,
  MemoryResult,
  Results,
  Scaling,
  SideId,
  SideResult,
} from './results';
import type { Summary } from './summary';

/** A results' tables, as rows of cells: the terminal and the documentation print the same. */
export const sideTitles: { readonly [side in SideId]: string } = {
  ours: 'Ganvas, WASM',
  'by-hand': 'tfjs by hand, WASM',
  off: 'Ganvas, optimisations off',
  pytorch: 'PyTorch, 1 thread',
  control: 'control, +50 %',
  'chromium-ours': 'Ganvas, WASM in Chromium',
  'chromium-by-hand': 'tfjs by hand, WASM in Chromium',
  'webgl-ours': 'Ganvas, WebGL',
  'webgl-by-hand': 'tfjs by hand, WebGL',
  'webgpu-ours': 'Ganvas, WebGPU',
  'webgpu-by-hand': 'tfjs by hand, WebGPU',
  'pytorch-gpu': 'PyTorch, GPU',
};

export const sidesOf = (games: readonly GameResult[]): SideId[] =>
  (Object.keys(sideTitles) as SideId[]).filter((id) => games.some(({ sides }) => sides[id] !== undefined));

export function timeRows(games: readonly GameResult[]): string[][] {
  const sides = sidesOf(games);
  return [
    ['ms per iteration', 'multiply-adds', ...sides.map((id) => sideTitles[id])],
    ...games.map(({ game, multiplyAdds, sides: results }) => [
      game,
      multiplyAdds === undefined ? '' : `${formatNumber(multiplyAdds / 1e6)} M`,
      ...sides.map((id) => formatSide(results[id])),
    ]),
  ];
}

/** Every side's time over ours, which says how much faster we are; below 1 we are slower. */
export function ratioRows(games: readonly GameResult[]): string[][] {
  const sides = sidesOf(games).filter((id) => id !== 'ours');
  return [
    ['time over ours on WASM', ...sides.map((id) => sideTitles[id])],
    ...games.map(({ game, sides: results }) => [
      game,
      ...sides.map((id) => ratio(results[id], results.ours)),
    ]),
  ];
}

export function kernelRows(games: readonly GameResult[]): string[][] {
  const counted = (['ours', 'by-hand', 'off'] as const).filter((id) =>
    games.some(({ sides }) => kernelsOf(sides[id]) !== undefined),
  );
  return [
    ['kernel calls per iteration', ...counted.map((id) => sideTitles[id])],
    ...games.map(({ game, sides }) => [game, ...counted.map((id) => String(kernelsOf(sides[id]) ?? '–'))]),
  ];
}

export const gateRows = (gates: readonly Gate[]): string[][] => [
  ['gate', 'game', 'bar', 'measured', ''],
  ...gates.map((gate) => [gate.name, gate.game, formatBar(gate), formatValue(gate), verdict(gate)]),
];

export const scalingRows = ({ axes }: Scaling): string[][] => [
  ['axis', 'value', 'multiply-adds', 'ms per iteration'],
  ...axes.flatMap(({ name, unit, points }) =>
    points.map(({ value, multiplyAdds, median, low, high }, i) => [
      i === 0 ? name : '',
      `${value} ${unit}`,
      `${formatNumber(multiplyAdds / 1e6)} M`,
      `${formatNumber(median)} (${formatNumber(low)}–${formatNumber(high)})`,
    ]),
  ),
];

export const fitRows = ({ axes }: Scaling): string[][] => [
  ['axis', 'log-log slope', 'R²', 'fixed ms', 'ms per G multiply-adds', 'largest deviation'],
  ...axes.map(({ name, fit, line }) => [
    name,
    fit.slope.toFixed(2),
    fit.r2.toFixed(3),
    formatNumber(line.fixed),
    formatNumber(line.perUnit * 1e9),
    `${Math.round(100 * line.worst)} %`,
  ]),
];

export const leverRows = ({ levers, games }: Levers): string[][] => [
  ['times as long without', ...games.map(({ game }) => game)],
  ...levers.map((name, i) => [
    name,
    ...games.map(({ ratios }) => {
      const { median, low, high } = ratios[i] as Summary;
      return `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
    }),
  ]),
];

export const layerRows = ({ layers }: Layers): string[][] => [
  ['layer', 'input', 'G multiply-adds per second', 'over conv2d'],
  ...layers.map(({ layer, input, rate, ratio: over }) => [
    layer,
    input,
    formatNumber(rate.median / 1e9),
    `${over.median.toFixed(2)} (${over.low.toFixed(2)}–${over.high.toFixed(2)})`,
  ]),
];

export const memoryRows = ({ looks }: MemoryResult): string[][] => [
  ['after iteration', 'tensors', 'bytes in tensors', 'WASM heap'],
  ...looks
    .filter((_, i) => i === 0 || (i + 1) % 5 === 0)
    .map(({ iteration, tensors, bytes, heap }) => [iteration, tensors, bytes, heap].map(String)),
];

/** Bars on our frames while a hand moves something, in ms: one and two of a screen of 60 Hz. */
const frameBars = { median: 17, p95: 33.4 };

export function canvasRows({ openings, gestures }: Canvas): string[][][] {
  const spread = ({ median, low, high }: Summary) =>
    `${Math.round(median)} (${Math.round(low)}–${Math.round(high)})`;
  return [
    [
      ['opening, ms', 'Ganvas', 'React Flow as it comes', 'ratio', 'bar', ''],
      ...openings.map(({ nodes, wires, ours, peer, ratio: value, bar }) => [
        `${nodes} nodes, ${wires} wires`,
        spread(ours),
        spread(peer),
        value.toFixed(3),
        `≤ ${bar}`,
        value <= bar ? 'pass' : 'FAIL',
      ]),
    ],
    [
      ['ms between frames', 'of', 'median', 'p95', ''],
      ...gestures.map(({ side, what, frames: { median, p95 } }) => {
        const isHeld = median <= frameBars.median && p95 <= frameBars.p95;
        const verdictOfOurs = isHeld ? 'pass' : 'FAIL';
        return [
          what,
          side === 'ours' ? 'Ganvas' : 'React Flow as it comes',
          median.toFixed(1),
          p95.toFixed(1),
          side === 'ours' ? verdictOfOurs : '',
        ];
      }),
    ],
  ];
}

/** Why a side has no figure, once per reason. */
export function remarks({ games }: Pick<Results, 'games'>): string[] {
  const reasons = new Map<string, string[]>();
  for (const { game, sides } of games)
    for (const [id, side] of Object.entries(sides))
      if (side?.type === 'absent') {
        const key = `${sideTitles[id as SideId]}: ${side.reason}`;
        reasons.set(key, [...(reasons.get(key) ?? []), game]);
      }
  const missed = missedControls(games);
  return [
    ...[...reasons].map(([reason, ids]) => `${reason} (${ids.join(', ')})`),
    ...(missed.length > 0
      ? [`The injected slowdown was not seen in ${missed.join(', ')}: the machine was too noisy.`]
      : []),
  ];
}

const kernelsOf = (side: SideResult | undefined) => (side?.type === 'measured' ? side.kernels : undefined);

const formatNumber = (value: number): string =>
  value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

function formatSide(side: SideResult | undefined): string {
  switch (side?.type) {
    case undefined:
    case 'absent':
      return '–';
    case 'longer-than':
      return `> ${side.milliseconds / 1000} s`;
    case 'measured':
      return side.samples.length === 1
        ? `${formatNumber(side.median)} (once)`
        : `${formatNumber(side.median)} (${formatNumber(side.low)}–${formatNumber(side.high)})`;
  }
}

function ratio(side: SideResult | undefined, ours: SideResult | undefined): string {
  if (ours?.type !== 'measured') return '–';
  if (side?.type === 'longer-than') return `> ${formatNumber(side.milliseconds / ours.median)}`;
  const found = ratioOf(side, ours);
  return found ? formatNumber(found.median) : '–';
}

const formatBar = ({ bar, stretch }: Gate): string =>
  `${'atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`}${stretch ? ', stretch' : ''}`;

const formatValue = ({ value, isBound }: Gate): string =>
  value === undefined ? '–' : `${isBound ? '> ' : ''}${formatNumber(value)}`;

function verdict({ passed, stretch }: Gate): string {
  if (passed === undefined) return 'not measured';
  if (passed) return 'pass';
  return stretch ? 'not reached' : 'FAIL';
}

/** Columns padded to their widest cell. */
export function printRows(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((cells) => (cells[i] ?? '').length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function markdownRows(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...body.map(line)].join('\n');
}
