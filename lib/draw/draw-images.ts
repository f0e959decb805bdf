import type { Box, DrawContext2D, Rect } from './context';
import { type ImageGrid, layoutImages } from './image-grid';
import { addMark, type Mark } from './marks';
import type { Images, Picture } from './picture';
import { packColor, paintPixels } from './pixels';
import { setFont, textSize } from './text';
import { type DrawTheme, parseColor } from './theme';

/** Grids of images, real and fake apart: fakes get twice the room, since they are what changes. */
export function drawImages(
  context: DrawContext2D,
  { real, fake, names = { real: 'real', fake: 'fake' } }: Extract<Picture, { type: 'images' }>,
  box: Box,
  theme: DrawTheme,
): void {
  const inner = { x: 6, y: 4, width: box.width - 12, height: box.height - 10 };
  const [first, second] = real && fake ? divide(inner) : [inner, inner];
  const heading = textSize(box) + 7;
  const panels = [
    { images: real, rect: first, isReal: true },
    { images: fake, rect: second, isReal: false },
  ].flatMap(({ images, rect, isReal }) => {
    const room = { ...rect, y: rect.y + heading, height: rect.height - heading };
    const grid = images && layoutImages(context, images, room);
    return images && grid ? [{ images, grid, isReal }] : [];
  });
  // Panels side by side begin at one height.
  const top = Math.min(...panels.map(({ grid }) => grid.rect.y));
  for (const { images, grid, isReal } of panels) {
    const y = first.y === second.y ? top : grid.rect.y;
    const style = isReal
      ? { label: names.real, mark: 'circle' as const, color: theme.real }
      : { label: names.fake, mark: 'diamond' as const, color: theme.fake };
    drawPanel(context, images, { ...grid, rect: { ...grid.rect, y } }, { ...style, theme, box });
  }
}

/** Panels side by side, or one above the other where the box is high, all of one size. */
export function drawPanels(
  context: DrawContext2D,
  { panels }: Extract<Picture, { type: 'panels' }>,
  box: Box,
  theme: DrawTheme,
): void {
  const gap = 8;
  const count = panels.length;
  const isWide = box.width >= box.height;
  const width = isWide ? (box.width - 12 - (count - 1) * gap) / count : box.width - 12;
  const height = isWide ? box.height - 10 : (box.height - 10 - (count - 1) * gap) / count;
  const heading = textSize(box) + 7;
  panels.forEach(({ label, images }, i) => {
    const x = 6 + (isWide ? i * (width + gap) : 0);
    const y = 4 + heading + (isWide ? 0 : i * (height + gap));
    const grid = layoutImages(context, images, { x, y, width, height: height - heading });
    if (grid) drawPanel(context, images, grid, { label, theme, box });
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
  images: Images,
  grid: ImageGrid,
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
      const x = (k % grid.columns) * (grid.scale * images.width + grid.gap);
      const y = Math.floor(k / grid.columns) * (grid.scale * images.height + grid.gap);
      paintImage(images, grid.indexAt(k), grid.scale, pixels, { x, y, width, height });
    }
  });
}

/** Copies one image, every pixel `scale` × `scale`. Values that are not finite leave the background. */
function paintImage(images: Images, index: number, scale: number, out: Uint32Array, at: Rect): void {
  const { width, height, channels, pixels } = images;
  if (index >= images.count) return;
  const start = index * width * height * channels;
  const right = Math.min(at.width, at.x + width * scale);
  for (let row = 0; row < height; row++) {
    const top = at.y + row * scale;
    if (top >= at.height) return;
    for (let column = 0; column < width; column++) {
      const color = colorAt(pixels, start + (row * width + column) * channels, channels);
      if (color === undefined) continue;
      const x = at.x + column * scale;
      const end = top * at.width + Math.min(right, x + scale);
      for (let i = top * at.width + x; i < end; i++) out[i] = color;
    }
    const from = top * at.width + at.x;
    for (let y = top + 1; y < Math.min(at.height, top + scale); y++)
      out.copyWithin(y * at.width + at.x, from, top * at.width + right);
  }
}

/** Grey of one channel, colour of three or more; undefined where a value is not finite. */
function colorAt(pixels: Float32Array, from: number, channels: number): number | undefined {
  const red = byteOf(pixels[from]);
  if (channels < 3) return red === undefined ? undefined : packColor(red, red, red);
  const green = byteOf(pixels[from + 1]);
  const blue = byteOf(pixels[from + 2]);
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return packColor(red, green, blue);
}

/** [-1, 1] → [0, 255], clamped. */
function byteOf(value: number | undefined): number | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return Math.round(Math.min(1, Math.max(0, (value + 1) / 2)) * 255);
}
