import type { DrawContext2D, Rect } from './context';

/**
 * Paints a rectangle pixel by pixel of the device, so that nothing is smoothed twice. `paint` fills
 * `width` × `height` device pixels, each a number made by `packColor`.
 */
export function paintPixels(
  context: DrawContext2D,
  rect: Rect,
  paint: (pixels: Uint32Array, width: number, height: number) => void,
): void {
  const { x, y, width, height } = deviceRect(context, rect);
  if (width < 1 || height < 1) return;
  const image = context.createImageData(width, height);
  const { buffer, byteOffset } = image.data;
  paint(new Uint32Array(buffer, byteOffset, width * height), width, height);
  context.putImageData(image, x, y);
}

/** The rectangle in whole device pixels. */
function deviceRect(context: DrawContext2D, { x, y, width, height }: Rect): Rect {
  const { a, d, e, f } = context.getTransform();
  const [left, top] = [Math.round(x * a + e), Math.round(y * d + f)];
  return {
    x: left,
    y: top,
    width: Math.round((x + width) * a + e) - left,
    height: Math.round((y + height) * d + f) - top,
  };
}

const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** An opaque colour of three bytes as the number that stands for R, G, B, A in memory. */
export const packColor = (red: number, green: number, blue: number): number =>
  (isLittleEndian
    ? red | (green << 8) | (blue << 16) | (255 << 24)
    : (red << 24) | (green << 16) | (blue << 8) | 255) >>> 0;
