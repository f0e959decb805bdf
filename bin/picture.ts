import { drawPicture } from '@/lib/draw/draw-picture';
import type { Look } from '@/lib/draw/look';
import type { Picture } from '@/lib/draw/picture';
import { lightTheme } from '@/lib/draw/theme';
import { canvasPackage } from './canvas-package';
import { UsageError } from './usage';

/** Why there are no pictures, where there are none. */
export const noPictures: string | undefined = canvasPackage
  ? undefined
  : 'Pictures need the package @napi-rs/canvas, which is not installed. Install it: npm ci --include=optional';

/** A picture as PNG, drawn by the same code as in the page; without a look, from all sides and at all moments. */
export function pngOf(picture: Picture, width = 640, height = 640, theme = lightTheme, look?: Look): Buffer {
  if (!canvasPackage) throw new UsageError(noPictures);
  const canvas = canvasPackage.createCanvas(width, height);
  // The context of @napi-rs/canvas is the browser's, method for method, where drawing uses it.
  drawPicture(canvas.getContext('2d') as never, picture, { width, height }, theme, look);
  return canvas.toBuffer('image/png');
}
