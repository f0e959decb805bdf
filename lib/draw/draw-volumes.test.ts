import { createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPicture } from './draw-picture';
import { pixelsOfVolume } from './draw-volumes';
import { firstLook, type Pose, turned } from './look';
import type { Volumes } from './picture';
import { lightTheme, parseColor } from './theme';

const SIZE = 8;

/** One volume, in which some voxels are there: depth, height, width. */
function volumeOf(isThere: (z: number, y: number, x: number) => boolean): Volumes {
  const filled = Uint8Array.from({ length: SIZE ** 3 }, (_, i) =>
    Number(isThere(Math.floor(i / SIZE ** 2), Math.floor(i / SIZE) % SIZE, i % SIZE)),
  );
  return { count: 1, depth: SIZE, height: SIZE, width: SIZE, filled };
}

/** Places of the solid's three shades, by the side that they are the shade of. */
function shadesOf(fake: Volumes, pose?: Pose, side = 200, top = 22) {
  const context = createCanvas(side, side).getContext('2d');
  const look = pose && { pose, frame: 0 };
  drawPicture(context, { type: 'volumes', fake }, { width: side, height: side }, lightTheme, look);
  const { data } = context.getImageData(0, 0, side, side);
  const [red] = parseColor(lightTheme.fake);
  const found: Record<'front' | 'top' | 'end', [number, number][]> = { front: [], top: [], end: [] };
  for (let y = top; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [r = 0, , b = 0] = data.subarray(4 * (y * side + x));
      // Walls are grey.
      if (r - b < 60) continue;
      found[r > red ? 'top' : r > 0.8 * red ? 'front' : 'end'].push([x, y]);
    }
  return found;
}

const corner = volumeOf((z, y, x) => z < 4 && y < 4 && x < 4);
const widthOf = (places: readonly (readonly [number, number])[]) =>
  Math.max(...places.map(([x]) => x)) - Math.min(...places.map(([x]) => x)) + 1;
const middleOf = (places: readonly (readonly [number, number])[]) =>
  [0, 1].map((axis) => places.reduce((sum, place) => sum + (place[axis] as number), 0) / places.length) as [
    number,
    number,
  ];

describe('volumes', () => {
  it('show the three sides that face the eye, the top above the others', () => {
    const { front, top, end } = shadesOf(corner, firstLook.pose);
    expect(Math.min(front.length, top.length, end.length)).toBeGreaterThan(200);
    expect(middleOf(top)[1]).toBeLessThan(Math.min(middleOf(front)[1], middleOf(end)[1]));
  });

  it('from the front are their slices: a square without a hole, without its other sides', () => {
    const { front, top, end } = shadesOf(corner, { yaw: 0, pitch: 0 });
    expect([top.length, end.length]).toEqual([0, 0]);
    expect(front.length).toBe(widthOf(front) ** 2);
  });

  it('hide what is behind', () => {
    const rod = volumeOf((_, y, x) => y === 4 && x === 4);
    const near = volumeOf((z, y, x) => z === 0 && y === 4 && x === 4);
    const ahead = { yaw: 0, pitch: 0 };
    expect(shadesOf(rod, ahead)).toEqual(shadesOf(near, ahead));
    const back = { yaw: Math.PI, pitch: 0 };
    expect(shadesOf(rod, back).front.length).toBe(shadesOf(near, back).front.length);
    expect(shadesOf(rod, firstLook.pose).end.length).toBeGreaterThan(
      4 * shadesOf(near, firstLook.pose).end.length,
    );
  });

  it('without a pose are seen along the depth, along the width and from above', () => {
    const { front, end, top } = shadesOf(
      volumeOf((z, y, x) => z < 4 && y < 2 && x < 6),
      undefined,
      200,
      72,
    );
    // 2 × 6, 2 × 4 and 4 × 6 voxels, as exactly as pixels are whole.
    expect(end.length / front.length).toBeCloseTo(8 / 12, 1);
    expect(top.length / front.length).toBeCloseTo(24 / 12, 0);
    expect(Math.max(...front.map(([x]) => x))).toBeLessThan(Math.min(...end.map(([x]) => x)));
    expect(Math.max(...end.map(([x]) => x))).toBeLessThan(Math.min(...top.map(([x]) => x)));
  });

  it('stay within their tile and are there, however they are turned', () => {
    const full = volumeOf(() => true);
    const angle = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(angle, angle, (yaw, pitch) => {
        const pose = turned({ yaw: 0, pitch: 0 }, yaw, pitch);
        const { front, top, end } = shadesOf(full, pose, 100);
        expect(front.length + top.length + end.length).toBeGreaterThan(800);
        expect(Math.abs(pose.pitch)).toBeLessThanOrEqual(Math.PI / 2);
      }),
      { numRuns: 25 },
    );
  });

  it('alone fill a square: the three shades of a cube, as often as where it is one of many', () => {
    const bytes = pixelsOfVolume(corner, 200, firstLook.pose, lightTheme);
    expect(bytes.length).toBe(4 * 200 ** 2);
    const colours = new Map<string, number>();
    for (let i = 0; i < bytes.length; i += 4) {
      const [r = 0, g = 0, b = 0, a] = bytes.subarray(i, i + 4);
      expect(a).toBe(255);
      if (r - b >= 60) colours.set(`${r} ${g} ${b}`, (colours.get(`${r} ${g} ${b}`) ?? 0) + 1);
    }
    const alone = [...colours.values()].sort((a, b) => a - b);
    const { front, top, end } = shadesOf(corner, firstLook.pose, 200, 0);
    const shares = (counts: readonly number[]) =>
      counts.map((count) => count / counts.reduce((sum, value) => sum + value, 0));
    const among = shares([front.length, top.length, end.length].sort((a, b) => a - b));
    expect(alone).toHaveLength(3);
    for (const [i, share] of shares(alone).entries()) expect(share).toBeCloseTo(among[i] as number, 1);
  });
});
