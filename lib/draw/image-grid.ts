import type { Box, DrawContext2D, Rect } from './context';

/** What is to be laid out: tiles of one size, in units that become a whole number of device pixels. */
export interface TileSizes {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** Where the arrangement means something: rows and columns are kept, and thinned out where there is no room. */
  readonly columns?: number;
  /** In units of the page: how high what is written below each is, and how wide at least. */
  readonly caption?: Box;
}

export interface TileGrid {
  /** What the grid covers, at the centre of the room. */
  readonly rect: Rect;
  readonly columns: number;
  readonly shown: number;
  /** Device pixels per unit of a tile: whole, so that an image's pixels stay squares. */
  readonly scale: number;
  /** Device pixels from one tile to the next. */
  readonly pitch: Box;
  /** Which tile is shown at a place. */
  indexAt(place: number): number;
}

/** No tile is drawn smaller than this many units of the page; rather, fewer are drawn. */
const smallest = 22;
/** A larger scale may leave out this share of the tiles. */
const mayLeaveOut = 0.3;

/** Fits tiles into a rectangle; undefined where not one fits, or there is none. */
export function layoutTiles(context: DrawContext2D, tiles: TileSizes, room: Rect): TileGrid | undefined {
  const { a: density } = context.getTransform();
  const { count, width, height } = tiles;
  if (count < 1 || width < 1 || height < 1) return undefined;
  if (tiles.columns) return layoutArranged(context, tiles, tiles.columns, room);
  const gap = Math.max(1, Math.round(2 * density));
  const caption = tiles.caption ?? { width: 0, height: 0 };
  const below = Math.round(caption.height * density);
  const pitchAt = (scale: number) => ({ width: width * scale + gap, height: height * scale + below + gap });
  const columnsAt = (scale: number) => Math.floor((room.width * density + gap) / pitchAt(scale).width);
  const rowsAt = (scale: number) => Math.floor((room.height * density + gap) / pitchAt(scale).height);
  const least = Math.max(smallest / Math.max(width, height), caption.width / width);
  let scale = Math.max(1, Math.ceil(least * density));
  while (scale > 1 && columnsAt(scale) * rowsAt(scale) < 1) scale--;
  const needed = Math.ceil(count * (1 - mayLeaveOut));
  while (columnsAt(scale + 1) * rowsAt(scale + 1) >= needed) scale++;
  const most = columnsAt(scale);
  const mostRows = rowsAt(scale);
  if (most < 1 || mostRows < 1) return undefined;
  const fits = Math.min(count, most * mostRows);
  const columns = bestColumns(
    fits,
    Math.ceil(fits / mostRows),
    most,
    (room.width * height) / (room.height * width),
  );
  const rows = Math.ceil(fits / columns);
  const pitch = pitchAt(scale);
  const covered = {
    width: (columns * pitch.width - gap) / density,
    height: (rows * pitch.height - gap) / density,
  };
  return {
    rect: {
      x: room.x + (room.width - covered.width) / 2,
      y: room.y + (room.height - covered.height) / 2,
      ...covered,
    },
    columns,
    shown: fits,
    scale,
    pitch,
    indexAt: (place) => place,
  };
}

/** A given number of columns; every second, third, … tile of both axes where all do not fit. */
function layoutArranged(
  context: DrawContext2D,
  { count, width, height }: TileSizes,
  given: number,
  room: Rect,
): TileGrid | undefined {
  const { a: density } = context.getTransform();
  const gap = Math.max(1, Math.round(density));
  const whole = { columns: given, rows: Math.ceil(count / given) };
  for (let step = 1; step <= Math.max(whole.columns, whole.rows); step++) {
    const columns = Math.ceil(whole.columns / step);
    const rows = Math.ceil(whole.rows / step);
    const scale = Math.floor(
      Math.min(
        (room.width * density - (columns - 1) * gap) / (columns * width),
        (room.height * density - (rows - 1) * gap) / (rows * height),
      ),
    );
    if (scale < 1) continue;
    const pitch = { width: width * scale + gap, height: height * scale + gap };
    const covered = {
      width: (columns * pitch.width - gap) / density,
      height: (rows * pitch.height - gap) / density,
    };
    const x = room.x + (room.width - covered.width) / 2;
    const y = room.y + (room.height - covered.height) / 2;
    const indexAt = (place: number) => Math.floor(place / columns) * step * given + (place % columns) * step;
    return { rect: { x, y, ...covered }, columns, shown: columns * rows, scale, pitch, indexAt };
  }
  return undefined;
}

/** Columns between two limits: near to `aspect` columns per row, few places left empty in the last row. */
function bestColumns(count: number, fewest: number, most: number, aspect: number): number {
  const wanted = Math.sqrt(count * aspect);
  let best = fewest;
  let least = Number.POSITIVE_INFINITY;
  for (let columns = fewest; columns <= Math.min(most, count); columns++) {
    const empty = Math.ceil(count / columns) * columns - count;
    const cost = Math.abs(Math.log(columns / wanted)) + empty / columns;
    if (cost >= least) continue;
    least = cost;
    best = columns;
  }
  return best;
}
