import type { DrawContext2D, Rect } from './context';

/**
 * Paints a rectangle pixel by pixel of the device, so that nothing is smoothed twice. `paint` fills RGBA bytes
 * of `width` × `height` device pixels.
 */
export function paintPixels(
  context: DrawContext2D,
  rect: Rect,
  paint: (data: Uint8ClampedArray, width: number, height: number) => void,
): void {
  const { x, y, width, height } = deviceRect(context, rect);
  if (width < 1 || height < 1) return;
  const image = context.createImageData(width, height);
  paint(image.data, width, height);
  context.putImageData(image, x, y);
}

/** The rectangle in whole device pixels. */
export function deviceRect(context: DrawContext2D, { x, y, width, height }: Rect): Rect {
  const { a, d, e, f } = context.getTransform();
  const [left, top] = [Math.round(x * a + e), Math.round(y * d + f)];
  return {
    x: left,
    y: top,
    width: Math.round((x + width) * a + e) - left,
    height: Math.round((y + height) * d + f) - top,
  };
}
