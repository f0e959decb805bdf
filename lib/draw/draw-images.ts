import type { Box, DrawContext2D, Rect } from './context';
import type { Frame, Images } from './frame';
import { type ImageGrid, layoutImages } from './image-grid';
import { addMark } from './marks';
import { paintPixels } from './pixels';
import { setFont, textSize } from './text';
import { type DrawTheme, parseColor } from './theme';

/** Grids of images, real and fake apart: fakes get twice the room, since they are what changes. */
export function drawImages(
  context: DrawContext2D,
  { real, fake }: Extract<Frame, { type: 'images' }>,
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
    drawPanel(context, images, { ...grid, rect: { ...grid.rect, y } }, { isReal, theme, box });
  }
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

function drawPanel(
  context: DrawContext2D,
  images: Images,
  grid: ImageGrid,
  { isReal, theme, box }: { isReal: boolean; theme: DrawTheme; box: Box },
): void {
  const size = textSize(box);
  const [left, middle] = [grid.rect.x, grid.rect.y - 4 - size / 2];
  context.fillStyle = isReal ? theme.real : theme.fake;
  context.beginPath();
  addMark(context, isReal ? 'circle' : 'diamond', left + 3, middle, 3);
  context.fill();
  setFont(context, theme, size);
  context.fillStyle = theme.inkSoft;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(isReal ? 'real' : 'fake', left + 10, middle);
  const background = parseColor(theme.background);
  paintPixels(context, grid.rect, (data, width, height) => {
    for (let i = 0; i < data.length; i += 4) data.set([...background, 255], i);
    for (let k = 0; k < grid.shown; k++) {
      const x = (k % grid.columns) * (grid.scale * images.width + grid.gap);
      const y = Math.floor(k / grid.columns) * (grid.scale * images.height + grid.gap);
      paintImage(images, k, grid.scale, data, { x, y, width, height });
    }
  });
}

/** Copies one image, every pixel `scale` × `scale`. Values that are not finite leave the background. */
function paintImage(images: Images, index: number, scale: number, data: Uint8ClampedArray, at: Rect): void {
  const { width, height, channels, pixels } = images;
  const isColor = channels >= 3;
  const start = index * width * height * channels;
  for (let y = 0; y < height * scale && at.y + y < at.height; y++)
    for (let x = 0; x < width * scale && at.x + x < at.width; x++) {
      const from = start + (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
      const to = 4 * ((at.y + y) * at.width + at.x + x);
      for (let channel = 0; channel < 3; channel++) {
        const value = pixels[isColor ? from + channel : from] as number;
        // [-1, 1] → [0, 255]; the array clamps.
        if (Number.isFinite(value)) data[to + channel] = (value + 1) * 127.5;
      }
    }
}
