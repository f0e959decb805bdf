import { createCanvas } from '@napi-rs/canvas';
import { drawFrame } from '@/lib/draw/draw-frame';
import type { Frame } from '@/lib/draw/frame';
import { lightTheme } from '@/lib/draw/theme';

/** A frame as PNG, drawn by the same code as in the page. */
export function drawPicture(frame: Frame, width = 640, height = 640, theme = lightTheme): Buffer {
  const canvas = createCanvas(width, height);
  // The context of @napi-rs/canvas is the browser's, method for method, where drawing uses it.
  drawFrame(canvas.getContext('2d') as never, frame, { width, height }, theme);
  return canvas.toBuffer('image/png');
}
