import type { Box, DrawContext2D, Rect } from './context';
import { drawPanels, drawSides, type Tiles } from './draw-tiles';
import type { Images, Picture, Videos } from './picture';
import { packColor } from './pixels';
import type { DrawTheme } from './theme';

/** Grids of images, real and fake apart. */
export const drawImages = (
  context: DrawContext2D,
  { real, fake, names }: Extract<Picture, { type: 'images' }>,
  box: Box,
  theme: DrawTheme,
): void =>
  drawSides(context, { real: real && tilesOf(real), fake: fake && tilesOf(fake), names }, box, theme);

/** Grids of images that belong together, place by place. */
export const drawImagePanels = (
  context: DrawContext2D,
  { panels }: Extract<Picture, { type: 'panels' }>,
  box: Box,
  theme: DrawTheme,
): void =>
  drawPanels(
    context,
    panels.map(({ label, images }) => ({ label, tiles: tilesOf(images) })),
    box,
    theme,
  );

/** Grids of videos, real and fake apart: one frame of each, or all of them side by side. */
export function drawVideos(
  context: DrawContext2D,
  { real, fake, names }: Extract<Picture, { type: 'videos' }>,
  box: Box,
  theme: DrawTheme,
  frame: number | undefined,
): void {
  const videoTiles = ({ frames, images }: Videos): Tiles => {
    const shown = frame === undefined ? Array.from({ length: frames }, (_, k) => k) : [frame % frames];
    return {
      count: Math.floor(images.count / frames),
      width: shown.length * images.width,
      height: images.height,
      paint: (index, scale, out, at) =>
        shown.forEach((k, i) => {
          const x = at.x + i * scale * images.width;
          paintImage(images, index * frames + k, scale, out, { ...at, x });
        }),
    };
  };
  drawSides(context, { real: real && videoTiles(real), fake: fake && videoTiles(fake), names }, box, theme);
}

const tilesOf = (images: Images): Tiles => ({
  ...images,
  paint: (index, scale, out, at) => paintImage(images, index, scale, out, at),
});

/** Copies one image, every pixel `scale` × `scale`. Values that are not finite leave the background. */
function paintImage(images: Images, index: number, scale: number, out: Uint32Array, at: Rect): void {
  const { width, height, channels, pixels } = images;
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
