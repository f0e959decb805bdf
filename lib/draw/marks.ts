import type { DrawContext2D } from './context';

/** The marks of real and fake differ in shape as well as in colour. */
export type Mark = 'circle' | 'diamond' | 'dotted' | 'arrow';

/** Adds one mark to the path. A diamond of half diagonal 1.25 r covers the circle's area. */
export function addMark(context: DrawContext2D, mark: Mark, x: number, y: number, r: number): void {
  if (mark === 'circle') {
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  const half = 1.25 * r;
  context.moveTo(x, y - half);
  context.lineTo(x + half, y);
  context.lineTo(x, y + half);
  context.lineTo(x - half, y);
  context.closePath();
}

/** Marks in one path are filled as one; long paths are slow, so they are cut. */
const marksPerPath = 50;

/** Fills marks at x and y interleaved, of points that are finite. `limit` keeps a picture readable. */
export function fillMarks(
  context: DrawContext2D,
  mark: Mark,
  places: Float32Array,
  r: number,
  limit = 4000,
): void {
  const count = Math.min(limit, places.length / 2);
  for (let start = 0; start < count; start += marksPerPath) {
    context.beginPath();
    for (let i = start; i < Math.min(count, start + marksPerPath); i++) {
      const [x, y] = [places[2 * i] as number, places[2 * i + 1] as number];
      if (Number.isFinite(x) && Number.isFinite(y)) addMark(context, mark, x, y, r);
    }
    context.fill();
  }
}
