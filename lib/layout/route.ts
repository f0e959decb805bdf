import type { Box, Point } from './boxes';
import { type End, outwards } from './curve';
import { createQueue } from './queue';

/**
 * Ways round boxes from port to port in straight runs: each the cheapest on a grid of lanes beside the boxes,
 * where bends, crossings and lanes that another wire has taken cost something.
 */
/** How far a wire leaves its port straight, and the lanes' distances from a box. */
const STUB = 14;
const LANES = [13, 20, 27] as const;
/** Lanes that are closer than this are one. */
const APART = 5;
/** No run comes closer to a box. */
const CLEARANCE = 7;
const BEND = 40;
const CROSSING = 30;
/** A lane that is taken counts as so many times as long. */
const SHARED = 6;

/** Headings: right, down, left, up. */
const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
const headingOf = (dx: number): number => (dx > 0 ? 0 : 2);

/** A line that is drawn already, of no straight runs. */
interface Drawn {
  readonly points: readonly Point[];
  readonly port: string;
}

interface Trip {
  readonly from: End;
  readonly to: End;
  /** Wires of one port may share a lane. */
  readonly port: string;
}

/** A function that finds the way of a trip, what is drawn before it considered; undefined where there is none. */
export function createRouter(boxes: readonly Box[], ends: readonly End[], drawn: readonly Drawn[] = []) {
  const stubs = ends.map(stubOf);
  const xs = lanes(stubs, boxes, 0);
  const ys = lanes(stubs, boxes, 1);
  const width = xs.length;
  const count = width * ys.length;
  // Runs to the right of and below each crossing of lanes: whether a box is in the way, and who took them.
  const blocked = [blockedRuns(boxes, xs, ys, 0), blockedRuns(boxes, xs, ys, 1)] as const;
  const crossedBy = [runsCrossed(drawn, xs, ys, 0), runsCrossed(drawn, xs, ys, 1)] as const;
  const takenBy = [new Map<number, string>(), new Map<number, string>()] as const;
  const costs = new Float64Array(4 * count);
  const before = new Int32Array(4 * count);
  const xOf = (cell: number): number => xs[cell % width] as number;
  const yOf = (cell: number): number => ys[Math.floor(cell / width)] as number;
  const cellOf = ([x, y]: Point): number => ys.indexOf(y) * width + xs.indexOf(x);
  const isOtherThan = (port: string, taken: string | undefined): boolean =>
    taken !== undefined && taken !== port;

  return ({ from, to, port }: Trip): readonly Point[] | undefined => {
    const [start, goal] = [cellOf(stubOf(from)), cellOf(stubOf(to))];
    const arriving = headingOf(-outwards(to.side));
    const queue = createQueue();
    costs.fill(Number.POSITIVE_INFINITY);
    const first = 4 * start + headingOf(outwards(from.side));
    costs[first] = 0;
    before[first] = -1;
    queue.push(first, 0);
    for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
      const cell = state >> 2;
      const heading = state & 3;
      if (cell === goal && heading === arriving) return take(state);
      // There it may turn once more, into the port.
      if (cell === goal && (heading + 2) % 4 !== arriving)
        reach(4 * goal + arriving, state, (costs[state] as number) + BEND);
      for (const [next, [dx, dy]] of steps.entries()) {
        const x = (cell % width) + dx;
        const there = cell + dx + dy * width;
        if ((heading + 2) % 4 === next || x < 0 || x >= width || there < 0 || there >= count) continue;
        const axis = next & 1 ? 1 : 0;
        const run = Math.min(cell, there);
        if (blocked[axis][run]) continue;
        const length = distance(cell, there);
        const other = axis === 0 ? takenBy[1] : takenBy[0];
        const isCrossed =
          isOtherThan(port, crossedBy[axis].get(run)) ||
          isOtherThan(port, other.get(there)) ||
          isOtherThan(port, other.get(there - (axis === 0 ? width : 1)));
        const cost =
          (costs[state] as number) +
          length * (isOtherThan(port, takenBy[axis].get(run)) ? SHARED : 1) +
          (isCrossed ? CROSSING : 0) +
          (next === heading ? 0 : BEND);
        reach(4 * there + next, state, cost);
      }
    }
    return undefined;

    function reach(key: number, from: number, cost: number): void {
      if (cost >= (costs[key] as number)) return;
      costs[key] = cost;
      before[key] = from;
      queue.push(key, cost + distance(key >> 2, goal));
    }

    function take(last: number): readonly Point[] {
      const points: Point[] = [to.at];
      for (let state = last; state >= 0; state = before[state] as number) {
        const cell = state >> 2;
        const previous = before[state] as number;
        // Turned in place.
        if (previous >> 2 === cell) continue;
        points.push([xOf(cell), yOf(cell)]);
        if (previous >= 0) takenBy[state & 1 ? 1 : 0].set(Math.min(cell, previous >> 2), port);
      }
      points.push(from.at);
      return cornersOf(points.reverse());
    }
  };

  function distance(a: number, b: number): number {
    return Math.abs(xOf(a) - xOf(b)) + Math.abs(yOf(a) - yOf(b));
  }
}

const stubOf = ({ at, side }: End): Point => [at[0] + outwards(side) * STUB, at[1]];

/** Along an axis: where wires end, and beside every box. */
function lanes(stubs: readonly Point[], boxes: readonly Box[], axis: 0 | 1): readonly number[] {
  const ends = new Set(stubs.map((point) => point[axis]));
  const beside = boxes.flatMap((box) => {
    const [low, high] = axis === 0 ? [box.x, box.x + box.width] : [box.y, box.y + box.height];
    return LANES.flatMap((lane) => [low - lane, high + lane]);
  });
  const sorted = [...new Set([...ends, ...beside])].sort((a, b) => a - b);
  let last = Number.NEGATIVE_INFINITY;
  return sorted.filter((lane) => {
    const isKept = ends.has(lane) || lane - last >= APART;
    if (isKept) last = lane;
    return isKept;
  });
}

/** For each crossing of lanes, whether the run from it to the next along an axis meets a box. */
function blockedRuns(boxes: readonly Box[], xs: readonly number[], ys: readonly number[], axis: 0 | 1) {
  const blocked = new Uint8Array(xs.length * ys.length);
  for (const box of boxes) {
    const across = meeting(xs, box.x - CLEARANCE, box.x + box.width + CLEARANCE, axis === 0);
    const down = meeting(ys, box.y - CLEARANCE, box.y + box.height + CLEARANCE, axis === 1);
    for (let y = down[0]; y < down[1]; y++)
      blocked.fill(1, y * xs.length + across[0], y * xs.length + Math.max(...across));
  }
  return blocked;
}

/** Indices from and to of the lanes between two ends; of runs, those that reach in from outside as well. */
function meeting(all: readonly number[], low: number, high: number, isRun: boolean) {
  const first = all.findIndex((lane) => lane > low);
  const end = all.findIndex((lane) => lane >= high);
  const from = first < 0 ? all.length : first;
  return [isRun ? Math.max(0, from - 1) : from, end < 0 ? all.length : end] as const;
}

/** Runs that a drawn line crosses, with its port. */
function runsCrossed(drawn: readonly Drawn[], xs: readonly number[], ys: readonly number[], axis: 0 | 1) {
  const crossed = new Map<number, string>();
  const across = axis === 0 ? ys : xs;
  const along = axis === 0 ? xs : ys;
  const other = axis === 0 ? 1 : 0;
  for (const { points, port } of drawn)
    for (const [i, to] of points.entries()) {
      const from = points[i - 1];
      if (!from) continue;
      const [low, high] = [Math.min(from[other], to[other]), Math.max(from[other], to[other])];
      for (const [lane, at] of across.entries()) {
        if (at < low || at >= high) continue;
        const share = (at - from[other]) / (to[other] - from[other]);
        const run = along.findLastIndex((place) => place <= from[axis] + share * (to[axis] - from[axis]));
        if (run >= 0) crossed.set(axis === 0 ? lane * xs.length + run : run * xs.length + lane, port);
      }
    }
  return crossed;
}

const cornersOf = (points: readonly Point[]): readonly Point[] =>
  points.filter((point, i) => {
    const [a, b] = [points[i - 1], points[i + 1]];
    if (!a || !b) return true;
    return !((a[0] === point[0] && point[0] === b[0]) || (a[1] === point[1] && point[1] === b[1]));
  });
