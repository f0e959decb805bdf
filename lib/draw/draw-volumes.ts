import type { Box, DrawContext2D, Rect } from './context';
import { drawSides, type Tiles } from './draw-tiles';
import { type Pose, threeSides } from './look';
import type { Picture, Volumes } from './picture';
import { packColor } from './pixels';
import { type DrawTheme, parseColor } from './theme';

/** Grids of volumes, real and fake apart: turned to a pose, or each seen from three sides. */
export function drawVolumes(
  context: DrawContext2D,
  { real, fake, names }: Extract<Picture, { type: 'volumes' }>,
  box: Box,
  theme: DrawTheme,
  pose: Pose | undefined,
): void {
  const tilesOf = (volumes: Volumes, color: string): Tiles => {
    const poses = pose ? [pose] : threeSides;
    const colors = colorsOf(color, theme);
    const sizes = [volumes.depth, volumes.height, volumes.width];
    // Turned any way it stays within its tile.
    const span = pose ? Math.hypot(...sizes) : Math.max(...sizes);
    return {
      count: volumes.count,
      width: poses.length,
      height: 1,
      paint: (index, side, out, at) =>
        poses.forEach((each, i) => {
          const middle = [at.x + (i + 0.5) * side, at.y + 0.5 * side] as const;
          paintVolume(volumes, index, axesOf(volumes, each, side / span), middle, colors, { ...at, out });
        }),
    };
  };
  const sides = {
    real: real && tilesOf(real, theme.real),
    fake: fake && tilesOf(fake, theme.fake),
    names,
  };
  drawSides(context, sides, box, theme);
}

/** One volume alone on a square of `side` × `side` pixels, seen from a pose: R, G, B, A of each. */
export function pixelsOfVolume(
  volumes: Volumes,
  side: number,
  pose: Pose,
  theme: DrawTheme,
): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint32Array(side * side).fill(packColor(...parseColor(theme.background)));
  const axes = axesOf(volumes, pose, side / Math.hypot(volumes.depth, volumes.height, volumes.width));
  const square = { x: 0, y: 0, width: side, height: side, out };
  paintVolume(volumes, 0, axes, [side / 2, side / 2], colorsOf(theme.fake, theme), square);
  return new Uint8ClampedArray(out.buffer);
}

/** Where one voxel further along an axis lies on the picture, in device pixels, and how much further away. */
interface Axis {
  readonly across: number;
  readonly down: number;
  readonly away: number;
  readonly length: number;
  readonly stride: number;
}
type Axes = readonly [Axis, Axis, Axis];

/** Depth, height and width, seen from so far away that nothing looks smaller. */
function axesOf({ depth, height, width }: Volumes, { yaw, pitch }: Pose, unit: number): Axes {
  const [cosYaw, sinYaw] = [Math.cos(yaw), Math.sin(yaw)];
  const [up, above] = [Math.cos(pitch), Math.sin(pitch)];
  return [
    {
      across: unit * sinYaw,
      down: -unit * cosYaw * above,
      away: cosYaw * up,
      length: depth,
      stride: height * width,
    },
    { across: 0, down: unit * up, away: above, length: height, stride: width },
    { across: unit * cosYaw, down: unit * sinYaw * above, away: -sinYaw * up, length: width, stride: 1 },
  ];
}

/** What an axis leans towards the eye below which its sides are seen edge on. */
const EDGE_ON = 1e-6;

interface Canvas extends Rect {
  readonly out: Uint32Array;
}

/** The walls behind, and then voxel by voxel from the far end, of each the sides that face the eye and the air. */
function paintVolume(
  { depth, height, width, filled }: Volumes,
  index: number,
  axes: Axes,
  [x, y]: readonly [number, number],
  colors: ReturnType<typeof colorsOf>,
  canvas: Canvas,
): void {
  const [a, b, c] = axes;
  const start = index * depth * height * width;
  const pointOf = (i: number, j: number, k: number) =>
    [
      x + (i - depth / 2) * a.across + (j - height / 2) * b.across + (k - width / 2) * c.across,
      y + (i - depth / 2) * a.down + (j - height / 2) * b.down + (k - width / 2) * c.down,
    ] as const;
  const others = [
    [b, c],
    [a, c],
    [a, b],
  ] as const;
  const facing = [0, 1, 2].filter((axis) => Math.abs((axes[axis] as Axis).away) > EDGE_ON);
  for (const axis of facing) {
    const { away, length } = axes[axis] as Axis;
    const far = away > 0 ? length : 0;
    const corner = pointOf(axis === 0 ? far : 0, axis === 1 ? far : 0, axis === 2 ? far : 0);
    const [one, two] = others[axis] as readonly [Axis, Axis];
    fillFace(canvas, corner, timesLength(one), timesLength(two), colors.walls[axis] as number);
  }
  const [is, js, ks] = axes.map(farFirst) as [number[], number[], number[]];
  for (const i of is)
    for (const j of js)
      for (const k of ks) {
        const voxel = start + i * a.stride + j * b.stride + k;
        if (!filled[voxel]) continue;
        const place = [i, j, k] as const;
        for (const axis of facing) {
          const { away, length, stride } = axes[axis] as Axis;
          const step = away > 0 ? -1 : 1;
          const next = (place[axis] as number) + step;
          if (next >= 0 && next < length && filled[voxel + step * stride]) continue;
          const near = away > 0 ? 0 : 1;
          const corner = pointOf(
            i + (axis === 0 ? near : 0),
            j + (axis === 1 ? near : 0),
            k + (axis === 2 ? near : 0),
          );
          const [one, two] = others[axis] as readonly [Axis, Axis];
          fillFace(canvas, corner, one, two, colors.solid[axis] as number);
        }
      }
}

const farFirst = ({ away, length }: Axis): number[] =>
  Array.from({ length }, (_, i) => (away > 0 ? length - 1 - i : i));

type Edge = Pick<Axis, 'across' | 'down'>;
const timesLength = ({ across, down, length }: Axis): Edge => ({
  across: across * length,
  down: down * length,
});

/** A parallelogram of one colour. */
function fillFace(
  { out, width, height }: Canvas,
  [x, y]: readonly [number, number],
  one: Edge,
  two: Edge,
  color: number,
): void {
  const area = one.across * two.down - one.down * two.across;
  if (Math.abs(area) < 1e-9) return;
  const [left, right] = extent(x, one.across, two.across);
  const [top, bottom] = extent(y, one.down, two.down);
  for (let row = Math.max(0, Math.floor(top)); row < Math.min(height, bottom); row++)
    for (let column = Math.max(0, Math.floor(left)); column < Math.min(width, right); column++) {
      const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
      const s = (dx * two.down - dy * two.across) / area;
      const t = (dy * one.across - dx * one.down) / area;
      if (s >= 0 && s < 1 && t >= 0 && t < 1) out[row * width + column] = color;
    }
}

const extent = (from: number, a: number, b: number): readonly [number, number] => [
  from + Math.min(0, a) + Math.min(0, b),
  from + Math.max(0, a) + Math.max(0, b),
];

/** By axis: sides that face along the depth, up and down, along the width; light comes from above. */
function colorsOf(color: string, { background, grid }: DrawTheme) {
  const mixed = (from: string, to: string, shares: readonly number[]) =>
    shares.map((share) => {
      const [first, second] = [parseColor(from), parseColor(to)];
      const [red, green, blue] = first.map((byte, i) =>
        Math.round(byte + share * ((second[i] as number) - byte)),
      ) as [number, number, number];
      return packColor(red, green, blue);
    });
  const black = '#000000';
  return {
    walls: mixed(background, grid, [0.5, 0.8, 0.35]),
    solid: [
      ...mixed(color, black, [0.08]),
      ...mixed(color, '#ffffff', [0.3]),
      ...mixed(color, black, [0.34]),
    ],
  };
}
