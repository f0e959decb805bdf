import type { DrawContext2D, Rect } from './context';
import type { Grid } from './picture';

/** Adds the line where a surface crosses `level` to the path: marching squares over the cells' centres. */
export function addContour(context: DrawContext2D, grid: Grid, level: number, rect: Rect): void {
  const { width, height, values } = grid;
  const x = (column: number) => rect.x + ((column + 0.5) / width) * rect.width;
  const y = (row: number) => rect.y + rect.height - ((row + 0.5) / height) * rect.height;
  for (let row = 0; row + 1 < height; row++)
    for (let column = 0; column + 1 < width; column++) {
      const crossings: number[] = [];
      for (const [c0, r0, c1, r1] of edges) {
        const a = (values[(row + r0) * width + column + c0] as number) - level;
        const b = (values[(row + r1) * width + column + c1] as number) - level;
        if (a < 0 === b < 0 || !Number.isFinite(a) || !Number.isFinite(b)) continue;
        const t = a / (a - b);
        crossings.push(x(column + c0 + t * (c1 - c0)), y(row + r0 + t * (r1 - r0)));
      }
      for (let i = 0; i + 3 < crossings.length; i += 4) {
        context.moveTo(crossings[i] as number, crossings[i + 1] as number);
        context.lineTo(crossings[i + 2] as number, crossings[i + 3] as number);
      }
    }
}

/** The edges of a square, in turn, from corner to corner. */
const edges = [
  [0, 0, 1, 0],
  [1, 0, 1, 1],
  [1, 1, 0, 1],
  [0, 1, 0, 0],
] as const;
