import type { Strokes } from './strokes';

/**
 * Renders strokes of a round pen by their distance field: coverage(p) = clamp(pen - d(p) + ½), written as
 * 2 · coverage - 1 in [-1, 1]. Fills `size`² values of `out` from `offset`.
 */
export function renderStrokes(
  strokes: Strokes,
  pen: number,
  size: number,
  out: Float32Array,
  offset: number,
): void {
  out.fill(Number.POSITIVE_INFINITY, offset, offset + size * size);
  for (const stroke of strokes)
    for (let i = 0; i + 3 < stroke.length; i += 2) nearSegment(stroke, i, pen + 0.5, size, out, offset);
  for (let i = offset; i < offset + size * size; i++) {
    const squared = out[i] as number;
    const coverage = squared === Number.POSITIVE_INFINITY ? 0 : pen - Math.sqrt(squared) + 0.5;
    out[i] = 2 * Math.min(1, Math.max(0, coverage)) - 1;
  }
}

/** Lowers the squared distances of the pixels within `reach` of one segment. */
function nearSegment(
  stroke: Float64Array,
  at: number,
  reach: number,
  size: number,
  out: Float32Array,
  offset: number,
): void {
  const x0 = stroke[at] as number;
  const y0 = stroke[at + 1] as number;
  const x1 = stroke[at + 2] as number;
  const y1 = stroke[at + 3] as number;
  const dx = x1 - x0;
  const dy = y1 - y0;
  const inverse = 1 / Math.max(dx * dx + dy * dy, 1e-12);
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(size - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(size - 1, Math.floor(Math.max(y0, y1) + reach));
  for (let row = top; row <= bottom; row++) {
    const py = row + 0.5 - y0;
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - x0;
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const ex = px - t * dx;
      const ey = py - t * dy;
      const squared = ex * ex + ey * ey;
      const index = offset + row * size + column;
      if (squared < (out[index] as number)) out[index] = squared;
    }
  }
}
