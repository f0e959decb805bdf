import type { Point } from './boxes';
import type { Size } from './geometry';
import type { Placed } from './layered';

/** One long row of layers in lines of about equal length, each from left to right, one below the other. Pure. */
const BETWEEN_LINES = 40;

export function fold(
  { positions, width, height }: Placed,
  sizeOf: (id: string) => Size,
  most: number,
): Placed {
  const isRow = height <= Math.max(0, ...[...positions.keys()].map((id) => sizeOf(id).height));
  if (width <= most || !isRow) return { positions, width, height };
  const columns = [...new Set([...positions.values()].map(([x]) => Math.round(x)))].sort((a, b) => a - b);
  const length = width / Math.ceil(width / most);
  const starts: number[] = [];
  for (const x of columns) {
    const start = starts.at(-1);
    const end = Math.max(
      ...[...positions].map(([id, at]) => (Math.round(at[0]) === x ? x + sizeOf(id).width : 0)),
    );
    // The rest of a line may be a little longer than its share.
    if (start === undefined || end - start > Math.min(most, length + 60)) starts.push(x);
  }
  const lines = starts.map((start, i) => {
    const next = starts[i + 1] ?? Number.POSITIVE_INFINITY;
    return [...positions].filter(([, [x]]) => Math.round(x) >= start && Math.round(x) < next);
  });
  const folded = new Map<string, Point>();
  let [top, widest] = [0, 0];
  for (const [i, line] of lines.entries()) {
    const start = starts[i] as number;
    const highest = Math.min(...line.map(([, [, y]]) => y));
    for (const [id, [x, y]] of line) {
      folded.set(id, [x - start, y - highest + top]);
      widest = Math.max(widest, x - start + sizeOf(id).width);
    }
    top += Math.max(...line.map(([id, [, y]]) => y - highest + sizeOf(id).height)) + BETWEEN_LINES;
  }
  return { positions: folded, width: widest, height: top - BETWEEN_LINES };
}
