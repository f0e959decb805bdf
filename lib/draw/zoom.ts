import { isRange, rangesOf } from './bounds';
import type { Rect } from './context';
import type { Grid, Picture } from './picture';
import type { Range } from './plane';

/** A part of the plane, or without `up` of the line, in the picture's own units. */
export interface Part {
  readonly across: Range;
  readonly up?: Range;
}

/** Where a picture's axes are, and what they span. */
export interface Axes extends Part {
  readonly plot: Rect;
}

/** No part is smaller than this share of the whole. */
const LEAST = 1 / 64;

/** All that a picture with axes shows; undefined of other pictures. */
export function wholeOf(picture: Picture | undefined): Part | undefined {
  if (picture?.type === 'densities') return { across: isRange(picture.range) ? picture.range : [0, 1] };
  if (picture?.type !== 'points') return undefined;
  const [across, up] = rangesOf(picture);
  return { across, up };
}

/** The picture of a part of it. What is known on a grid is interpolated between its places. */
export function zoomed(picture: Picture, part: Part): Picture {
  const whole = wholeOf(picture);
  if (!whole) return picture;
  const { across, up } = within(part, whole);
  if (picture.type === 'densities') {
    const cut = (curve: Float32Array) => cutCurve(curve, sharesOf(across, whole.across));
    const { real, fake, curve, optimum } = picture;
    return {
      ...picture,
      range: across,
      ...(real && { real: cut(real) }),
      ...(fake && { fake: cut(fake) }),
      ...(curve && { curve: cut(curve) }),
      ...(optimum && { optimum: cut(optimum) }),
    };
  }
  if (picture.type !== 'points' || !up || !whole.up) return picture;
  const shares = [sharesOf(across, whole.across), sharesOf(up, whole.up)] as const;
  const { surface, optimum } = picture;
  return {
    ...picture,
    bounds: [across, up],
    ...(surface && { surface: cutGrid(surface, ...shares) }),
    ...(optimum && { optimum: cutGrid(optimum, ...shares) }),
  };
}

/** Nearer by a factor above 1, or further away; what is at a place stays there. */
export const zoomedAt = (
  part: Part,
  whole: Part,
  factor: number,
  [x, y]: readonly [x: number, y: number],
): Part => {
  const near = ([low, high]: Range, at: number): Range => [
    at - (at - low) / factor,
    at + (high - at) / factor,
  ];
  const { across, up } = part;
  return within({ across: near(across, x), ...(up && { up: near(up, y) }) }, whole);
};

export const centreOf = ({ across, up = [0, 0] }: Part): readonly [x: number, y: number] => [
  (across[0] + across[1]) / 2,
  (up[0] + up[1]) / 2,
];

/** Moved by shares of itself, to the right and upwards. */
export const panned = (part: Part, whole: Part, byX: number, byY: number): Part => {
  const moved = ([low, high]: Range, by: number): Range => [
    low + by * (high - low),
    high + by * (high - low),
  ];
  const { across, up } = part;
  return within({ across: moved(across, byX), ...(up && { up: moved(up, byY) }) }, whole);
};

/** As large as it may be, and nowhere outside. */
function within({ across, up }: Part, whole: Part): Part {
  return {
    across: inside(across, whole.across),
    ...(up && whole.up && { up: inside(up, whole.up) }),
  };
}

function inside([low, high]: Range, [least, most]: Range): Range {
  const whole = most - least;
  const span = Math.min(whole, Math.max(LEAST * whole, high - low));
  const from = Math.min(most - span, Math.max(least, (low + high - span) / 2));
  return [from, from + span];
}

const sharesOf = ([low, high]: Range, [least, most]: Range): Range => [
  (low - least) / (most - least),
  (high - least) / (most - least),
];

/** Values at even places of a part, both ends included. */
const cutCurve = (curve: Float32Array, [from, to]: Range): Float32Array =>
  curve.map((_, i) => {
    const share = from + ((to - from) * i) / Math.max(1, curve.length - 1);
    return valueAt((at) => curve[at] as number, curve.length, share * (curve.length - 1));
  });

/** Values at the centres of as many cells of a part. */
function cutGrid({ width, height, values }: Grid, [left, right]: Range, [bottom, top]: Range): Grid {
  const place = (from: number, to: number, i: number, count: number) =>
    (from + ((to - from) * (i + 0.5)) / count) * count - 0.5;
  return {
    width,
    height,
    values: values.map((_, i) => {
      const [column, row] = [i % width, Math.floor(i / width)];
      const x = place(left, right, column, width);
      const y = place(bottom, top, row, height);
      return valueAt((at) => valueAt((across) => values[at * width + across] as number, width, x), height, y);
    }),
  };
}

/** Between the two nearest of `count` values; beyond the ends the last of them. */
function valueAt(read: (index: number) => number, count: number, place: number): number {
  const at = Math.min(count - 1, Math.max(0, place));
  const first = Math.floor(at);
  const low = read(first);
  return first === at ? low : low + (read(first + 1) - low) * (at - first);
}
