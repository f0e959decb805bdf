import type { Checked } from '@/lib/check/checked';
import { type Box, boxOf, overlaps, type Point } from './boxes';
import { FRAME_HEADER, type Size, SMALLEST_TEXT } from './geometry';

/**
 * What of a document is seen when it opens: all of it where its text can be read then, else the game, else as
 * much of the game as there is room for round its players, their losses and the main view, cutting as few cards
 * as can be. Pure.
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
/** Clear around, in pixels. */
const ROOM = { x: 12, y: 8 };
/** The tools at the lower left, and the button that shows the inspector at the upper right. */
const TOOLS: Size = { width: 200, height: 56 };
const BUTTON: Size = { width: 56, height: 52 };

export function openingOf(checked: Checked, { width, height }: Size): Opening | undefined {
  const { graph, nodes } = checked;
  const cards = [...nodes.values()].filter(
    ({ node, definition }) => node.network === undefined && definition?.role !== 'note',
  );
  const boxes = (ids: readonly string[]) => ids.flatMap((id) => boxOf(checked, id) ?? []);
  const gameBoxes = boxes(cards.map(({ node }) => node.id));
  const game = around(gameBoxes);
  const frames = boxes(graph.networks.map(({ id }) => id));
  const cardBoxes = boxes(graph.nodes.map(({ id }) => id));
  const all = around([...frames, ...cardBoxes]);
  if (!all) return undefined;
  const whole = centred(all, TOOLS.height);
  if (whole.zoom >= LEGIBLE || !game) return whole;
  const wholeGame = centred(game, ROOM.y);
  if (wholeGame.zoom >= LEGIBLE) return wholeGame;
  const main = cards
    .filter(({ definition }) => definition?.role === 'view')
    .map(({ node }) => node)
    .sort((a, b) => a.at[0] + a.at[1] - b.at[0] - b.at[1])[0];
  const core = cards.filter(
    ({ node, definition }) =>
      node === main || definition?.role === 'optimizer' || definition?.role === 'loss',
  );
  const held = around(boxes(core.map(({ node }) => node.id))) ?? game;
  const seen = { width: (width - 2 * ROOM.x) / LEGIBLE, height: (height - 2 * ROOM.y) / LEGIBLE };
  const [x, y] = windowOn(game, held, seen, gameBoxes);
  const top = ROOM.y - LEGIBLE * y;
  const free = height - ROOM.y - top - LEGIBLE * (game.y + game.height);
  return clearOfTools({ x: ROOM.x - LEGIBLE * x, y: top, zoom: LEGIBLE, whole: false }, free);

  /** Centred across, clear of the button if need be; down where nothing follows below, else no farther than the tools ask. */
  function centred(box: Box, bottom: number): Opening {
    const place = (right: number): Opening => {
      const zoom = Math.min(1, (width - ROOM.x - right) / box.width, (height - ROOM.y - bottom) / box.height);
      const x = (width + ROOM.x - right) / 2 - zoom * (box.x + box.width / 2);
      const free = height - ROOM.y - bottom - zoom * box.height;
      const opening = { x, y: ROOM.y - zoom * box.y, zoom, whole: true };
      return box === all ? { ...opening, y: opening.y + free / 2 } : clearOfTools(opening, free);
    };
    const wide = place(ROOM.x);
    const button = { x: width - BUTTON.width, y: 0, ...BUTTON };
    const isClear = !gameBoxes.some((card) => overlaps(onScreen(card, wide), button));
    const clear = isClear ? wide : place(BUTTON.width);
    return clear.zoom >= LEGIBLE ? clear : wide;
  }

  /** Down within what is free, as far as lets the tools lie over the fewest cards and headers of frames. */
  function clearOfTools(opening: Opening, free: number): Opening {
    const tools = { x: 0, y: height - TOOLS.height, ...TOOLS };
    const headers = frames.map((frame) => ({ ...frame, height: FRAME_HEADER }));
    const things = [...headers, ...cardBoxes].map((box) => onScreen(box, opening));
    const countCovered = (by: number) =>
      things.filter((box) => box.y + by < height && overlaps({ ...box, y: box.y + by }, tools)).length;
    const shifts = things.map((box) => height - box.y).filter((shift) => shift > 0 && shift <= free);
    const best = shifts
      .sort((a, b) => a - b)
      .reduce((least, by) => (countCovered(by) < countCovered(least) ? by : least), 0);
    return { ...opening, y: opening.y + best };
  }
}

const onScreen = (box: Box, { x, y, zoom }: Opening): Box => ({
  x: x + zoom * box.x,
  y: y + zoom * box.y,
  width: zoom * box.width,
  height: zoom * box.height,
});

/**
 * Where a window on a game begins that holds some part of it: in the middle of what fits, else at the start, moved
 * on as far as that part asks, and where it may be, to where it cuts the fewest cards. `seen` is within the margins.
 */
function windowOn(game: Box, held: Box, seen: Size, cards: readonly Box[]): Point {
  const [marginX, marginY] = [ROOM.x / LEGIBLE, ROOM.y / LEGIBLE];
  const countCut = (x: number, y: number) => {
    const box = {
      x: x - marginX,
      y: y - marginY,
      width: seen.width + 2 * marginX,
      height: seen.height + 2 * marginY,
    };
    return cards.filter((card) => overlaps(card, box) && !isIn(card, box)).length;
  };
  const start = within(game.y, game.height, held.y, held.height, seen.height);
  const x = fewest(
    within(game.x, game.width, held.x, held.width, seen.width),
    cards.flatMap((card) => startsAt(card.x, card.width, seen.width, marginX)),
    (at) => (at <= held.x && at + seen.width >= held.x + held.width ? countCut(at, start) : Infinity),
  );
  const y = fewest(
    start,
    cards.flatMap((card) => startsAt(card.y, card.height, seen.height, marginY)),
    (at) => (at <= held.y && at + seen.height >= held.y + held.height ? countCut(x, at) : Infinity),
  );
  return [x, y];
}

/** Where a window begins that has a card just within its margins, or just out of sight. */
const startsAt = (from: number, extent: number, seen: number, margin: number) => [
  from,
  from + extent - seen,
  from + extent + margin,
  from - seen - margin,
];

/** Of those that cut the fewest the nearest to the start, if it may be before it: what is read first matters more. */
const fewest = (start: number, all: readonly number[], cut: (at: number) => number): number =>
  [...all]
    .sort((a, b) => Number(a > start) - Number(b > start) || Math.abs(a - start) - Math.abs(b - start))
    .reduce((best, at) => (cut(at) < cut(best) ? at : best), start);

const isIn = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

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
