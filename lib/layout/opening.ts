import type { Checked } from '@/lib/check/checked';
import { type Box, boxOf } from './boxes';
import { FRAME_HEADER, type Size, SMALLEST_TEXT } from './geometry';

/**
 * What of a document is seen when it opens: all of it where its text can be read then, else the game, else as
 * much of the game as there is room for round its players, their losses and the main view. Pure.
 */
interface Opening {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** No card of the game is left out. */
  readonly whole: boolean;
}

/** Text on the screen, in pixels. */
const SMALLEST_ON_SCREEN = 11;
const LEGIBLE = SMALLEST_ON_SCREEN / SMALLEST_TEXT;
/** Clear around, on the right of the button that shows the inspector; at the lower edge of all, clear of the tools. */
const ROOM = { left: 22, right: 56, top: 14, bottom: 14, tools: 56 };

export function openingOf(checked: Checked, { width, height }: Size): Opening | undefined {
  const { graph, nodes } = checked;
  const cards = [...nodes.values()].filter(
    ({ node, definition }) => node.network === undefined && definition?.role !== 'note',
  );
  const boxes = (ids: readonly string[]) => ids.flatMap((id) => boxOf(checked, id) ?? []);
  const game = around(boxes(cards.map(({ node }) => node.id)));
  const frames = boxes(graph.networks.map(({ id }) => id));
  const all = around([...frames, ...boxes(graph.nodes.map(({ id }) => id))]);
  if (!all) return undefined;
  const zoomFor = (box: Box, bottom: number) =>
    Math.min(1, (width - ROOM.left - ROOM.right) / box.width, (height - ROOM.top - bottom) / box.height);
  const whole = zoomFor(all, ROOM.tools);
  if (whole >= LEGIBLE || !game) return at(all, whole, ROOM.tools);
  const ofGame = zoomFor(game, ROOM.bottom);
  if (ofGame >= LEGIBLE) return at(game, ofGame, ROOM.bottom);
  const main = cards
    .filter(({ definition }) => definition?.role === 'view')
    .map(({ node }) => node)
    .sort((a, b) => a.at[0] + a.at[1] - b.at[0] - b.at[1])[0];
  const core = cards.filter(
    ({ node, definition }) =>
      node === main || definition?.role === 'optimizer' || definition?.role === 'loss',
  );
  const held = around(boxes(core.map(({ node }) => node.id))) ?? game;
  const [seenWidth, seenHeight] = [
    (width - ROOM.left - ROOM.right) / LEGIBLE,
    (height - ROOM.top - ROOM.bottom) / LEGIBLE,
  ];
  const x = within(game.x, game.width, held.x, held.width, seenWidth);
  const y = within(game.y, game.height, held.y, held.height, seenHeight);
  const top = ROOM.top - LEGIBLE * y;
  const free = height - ROOM.bottom - top - LEGIBLE * (game.y + game.height);
  return {
    x: ROOM.left - LEGIBLE * x,
    y: top + belowTools(top, LEGIBLE, free),
    zoom: LEGIBLE,
    whole: false,
  };

  /** Centred across; down where nothing follows below, else no farther than the frames ask. */
  function at(box: Box, zoom: number, bottom: number): Opening {
    const free = height - ROOM.top - bottom - zoom * box.height;
    const top = ROOM.top - zoom * box.y;
    return {
      x: (width + ROOM.left - ROOM.right) / 2 - zoom * (box.x + box.width / 2),
      y: top + (box === all ? free / 2 : belowTools(top, zoom, free)),
      zoom,
      whole: true,
    };
  }

  /** How far down, within what is free, no frame's header is under the tools. */
  function belowTools(top: number, zoom: number, free: number): number {
    const headers = frames.map(({ y }) => top + zoom * y);
    const isCovered = (y: number) => y < height && y + zoom * FRAME_HEADER > height - ROOM.tools;
    const shifts = headers.map((y) => height - y).filter((shift) => shift > 0 && shift <= free);
    return [0, ...shifts.sort((a, b) => a - b)].find((by) => !headers.some((y) => isCovered(y + by))) ?? 0;
  }
}

/** Where a window begins: in the middle of what fits, else at the start, moved on as far as what it is to hold asks. */
function within(start: number, length: number, from: number, extent: number, seen: number): number {
  if (length <= seen) return start - (seen - length) / 2;
  return Math.min(from, Math.max(start, from + extent - seen));
}

function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
