import type { Box, DrawContext2D, Rect } from './context';
import { layoutTiles, type TileGrid, type TileSizes } from './image-grid';
import { addMark, type Mark } from './marks';
import { packColor, paintPixels } from './pixels';
import { fitText, setFont, textSize } from './text';
import { type DrawTheme, parseColor } from './theme';

/** Small pictures of one size side by side. */
export interface Tiles extends TileSizes {
  /** Words of each, one on a line below it. */
  readonly captions?: readonly (readonly string[])[];
  /** Paints one, `scale` device pixels to its unit, with its corner at `at` of `at.width` × `at.height` pixels. */
  paint(index: number, scale: number, out: Uint32Array, at: Rect): void;
}

interface Sides {
  readonly real?: Tiles | undefined;
  readonly fake?: Tiles | undefined;
  readonly names?: { readonly real: string; readonly fake: string } | undefined;
}

/** Real and fake apart: fakes get twice the room, since they are what changes. */
export function drawSides(
  context: DrawContext2D,
  { real, fake, names = { real: 'real', fake: 'fake' } }: Sides,
  box: Box,
  theme: DrawTheme,
): void {
  const inner = { x: 6, y: 4, width: box.width - 12, height: box.height - 10 };
  const [first, second] = real && fake ? divide(inner) : [inner, inner];
  const heading = textSize(box) + 7;
  const panels = [
    { tiles: real, rect: first, isReal: true },
    { tiles: fake, rect: second, isReal: false },
  ].flatMap(({ tiles, rect, isReal }) => {
    const room = { ...rect, y: rect.y + heading, height: rect.height - heading };
    const grid = tiles && layoutTiles(context, withCaption(context, tiles, box, theme), room);
    return tiles && grid ? [{ tiles, grid, isReal }] : [];
  });
  // Panels side by side begin at one height.
  const top = Math.min(...panels.map(({ grid }) => grid.rect.y));
  for (const { tiles, grid, isReal } of panels) {
    const y = first.y === second.y ? top : grid.rect.y;
    const style = isReal
      ? { label: names.real, mark: 'circle' as const, color: theme.real }
      : { label: names.fake, mark: 'diamond' as const, color: theme.fake };
    drawPanel(context, tiles, { ...grid, rect: { ...grid.rect, y } }, { ...style, theme, box });
  }
}

/** Panels side by side, or one above the other where the box is high, all of one size. */
export function drawPanels(
  context: DrawContext2D,
  panels: readonly { readonly label: string; readonly tiles: Tiles }[],
  box: Box,
  theme: DrawTheme,
): void {
  const gap = 8;
  const count = panels.length;
  const isWide = box.width >= box.height;
  const width = isWide ? (box.width - 12 - (count - 1) * gap) / count : box.width - 12;
  const height = isWide ? box.height - 10 : (box.height - 10 - (count - 1) * gap) / count;
  const heading = textSize(box) + 7;
  panels.forEach(({ label, tiles }, i) => {
    const x = 6 + (isWide ? i * (width + gap) : 0);
    const y = 4 + heading + (isWide ? 0 : i * (height + gap));
    const grid = layoutTiles(context, tiles, { x, y, width, height: height - heading });
    if (grid) drawPanel(context, tiles, grid, { label, theme, box });
  });
}

/** A third and two thirds, along the longer side. */
function divide({ x, y, width, height }: Rect): readonly [Rect, Rect] {
  const gap = 8;
  if (width > 1.15 * height) {
    const part = (width - gap) / 3;
    return [
      { x, y, width: part, height },
      { x: x + part + gap, y, width: width - part - gap, height },
    ];
  }
  const part = (height - gap) / 3;
  return [
    { x, y, width, height: part },
    { x, y: y + part + gap, width, height: height - part - gap },
  ];
}

interface PanelStyle {
  readonly label: string;
  readonly mark?: Mark;
  readonly color?: string;
  readonly theme: DrawTheme;
  readonly box: Box;
}

function drawPanel(
  context: DrawContext2D,
  tiles: Tiles,
  grid: TileGrid,
  { label, mark, color, theme, box }: PanelStyle,
): void {
  const size = textSize(box);
  const [left, middle] = [grid.rect.x, grid.rect.y - 4 - size / 2];
  if (mark && color) {
    context.fillStyle = color;
    context.beginPath();
    addMark(context, mark, left + 3, middle, 3);
    context.fill();
  }
  setFont(context, theme, size);
  context.fillStyle = theme.inkSoft;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(label, mark ? left + 10 : left, middle);
  const background = packColor(...parseColor(theme.background));
  paintPixels(context, grid.rect, (pixels, width, height) => {
    pixels.fill(background);
    for (let k = 0; k < grid.shown; k++) {
      const index = grid.indexAt(k);
      if (index >= tiles.count) continue;
      const x = (k % grid.columns) * grid.pitch.width;
      const y = Math.floor(k / grid.columns) * grid.pitch.height;
      tiles.paint(index, grid.scale, pixels, { x, y, width, height });
    }
  });
  if (tiles.captions) drawCaptions(context, tiles, tiles.captions, grid, size);
}

const lineOf = (size: number): number => size + 2;

/** With the room that its captions need: the widest word, and as many lines as there are words. */
function withCaption(context: DrawContext2D, tiles: Tiles, box: Box, theme: DrawTheme): TileSizes {
  if (!tiles.captions) return tiles;
  const size = textSize(box);
  setFont(context, theme, size);
  const width = Math.max(0, ...tiles.captions.flat().map((word) => context.measureText(word).width));
  const lines = Math.max(0, ...tiles.captions.map((words) => words.length));
  return { ...tiles, caption: { width, height: lines * lineOf(size) } };
}

/** In the middle below each tile. */
function drawCaptions(
  context: DrawContext2D,
  tiles: Tiles,
  captions: readonly (readonly string[])[],
  grid: TileGrid,
  size: number,
): void {
  const { a: density } = context.getTransform();
  const width = (grid.scale * tiles.width) / density;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (let k = 0; k < grid.shown; k++) {
    const x = grid.rect.x + ((k % grid.columns) * grid.pitch.width) / density + width / 2;
    const row = Math.floor(k / grid.columns) * grid.pitch.height;
    const y = grid.rect.y + (row + grid.scale * tiles.height) / density + 1;
    captions[grid.indexAt(k)]?.forEach((word, line) => {
      context.fillText(fitText(context, word, width), x, y + line * lineOf(size));
    });
  }
}
