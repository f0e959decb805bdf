import { type Cell, csv } from '@/lib/util/csv';
import type { Moment, Picture } from './picture';

/** A picture's numbers as CSV; undefined for pictures and for nothing. Numbers that are not finite stay empty. */
export function pictureToCsv(picture: Picture): string | undefined {
  switch (picture.type) {
    case 'points':
      return csv(['series', 'x', 'y', 'value'], [...pointRows(picture), ...surfaceRows(picture)]);
    case 'arrows':
      return csv(['x', 'y', 'to x', 'to y'], arrowRows(picture));
    case 'mesh':
      return csv(['column', 'row', 'x', 'y'], meshRows(picture));
    case 'densities':
      return csv(['x', 'real', 'fake', 'function'], densityRows(picture));
    case 'strings':
      return csv(
        ['series', 'string'],
        (['real', 'fake'] as const).flatMap((series) =>
          (picture[series] ?? []).map((text) => [series, text]),
        ),
      );
    case 'histogram':
      return csv(['from', 'to', 'share'], histogramRows(picture));
    case 'course':
      return csv(
        ['iteration', 'from', 'to', 'share'],
        picture.moments.flatMap(({ iteration, ...moment }) =>
          histogramRows(moment).map((row) => [iteration, ...row]),
        ),
      );
    case 'values':
      return csv(
        ['label', 'mean', 'sd'],
        picture.rows.map(({ label, mean, sd }) => [label, mean, sd]),
      );
    default:
      return undefined;
  }
}

function pointRows({ real, fake }: Extract<Picture, { type: 'points' }>): Cell[][] {
  const rows: Cell[][] = [];
  for (const [series, points] of [
    ['real', real],
    ['fake', fake],
  ] as const)
    for (let i = 0; points && i + 1 < points.length; i += 2)
      rows.push([series, points[i] as number, points[i + 1] as number, '']);
  return rows;
}

/** The surface at its cells' centres. */
function surfaceRows({ surface, bounds: [across, up] }: Extract<Picture, { type: 'points' }>): Cell[][] {
  if (!surface || !across || !up) return [];
  const { width, height, values } = surface;
  return Array.from({ length: width * height }, (_, i) => [
    'surface',
    across[0] + ((across[1] - across[0]) * ((i % width) + 0.5)) / width,
    up[0] + ((up[1] - up[0]) * (Math.floor(i / width) + 0.5)) / height,
    values[i] as number,
  ]);
}

const arrowRows = ({ tails, heads }: Extract<Picture, { type: 'arrows' }>): Cell[][] =>
  Array.from({ length: tails.length / 2 }, (_, i) => [
    tails[2 * i] as number,
    tails[2 * i + 1] as number,
    heads[2 * i] as number,
    heads[2 * i + 1] as number,
  ]);

const meshRows = ({ columns, points }: Extract<Picture, { type: 'mesh' }>): Cell[][] =>
  Array.from({ length: points.length / 2 }, (_, i) => [
    i % columns,
    Math.floor(i / columns),
    points[2 * i] as number,
    points[2 * i + 1] as number,
  ]);

function densityRows({ range, real, fake, curve }: Extract<Picture, { type: 'densities' }>): Cell[][] {
  const count = Math.max(real?.length ?? 0, fake?.length ?? 0, curve?.length ?? 0);
  return Array.from({ length: count }, (_, i) => [
    range[0] + ((range[1] - range[0]) * i) / Math.max(1, count - 1),
    real?.[i] ?? '',
    fake?.[i] ?? '',
    curve?.[i] ?? '',
  ]);
}

const histogramRows = ({ range: [low, high], shares }: Pick<Moment, 'range' | 'shares'>): Cell[][] => {
  const step = (high - low) / shares.length;
  return Array.from(shares, (share, i) => [low + i * step, low + (i + 1) * step, share]);
};
