import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { drawPicture } from './draw-picture';
import { layoutTiles } from './image-grid';
import type { Picture } from './picture';
import { pictureToCsv } from './picture-to-csv';
import { lightTheme, parseColor } from './theme';

const SIZE = 240;

/** Places of pixels near a colour, in a picture that is drawn. */
function find(picture: Picture, color: string): readonly [number, number][] {
  const context = createCanvas(SIZE, SIZE).getContext('2d');
  drawPicture(context, picture, { width: SIZE, height: SIZE }, lightTheme);
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  const wanted = parseColor(color);
  const found: [number, number][] = [];
  for (let i = 0; i < SIZE * SIZE; i++)
    if (wanted.every((value, k) => Math.abs(value - (data[4 * i + k] as number)) < 60))
      found.push([i % SIZE, Math.floor(i / SIZE)]);
  return found;
}

/** Places of pixels with a tint of the curve's violet: a hairline is thinner than a pixel. */
function findTinted(picture: Picture): readonly [number, number][] {
  const context = createCanvas(SIZE, SIZE).getContext('2d');
  drawPicture(context, picture, { width: SIZE, height: SIZE }, lightTheme);
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  const found: [number, number][] = [];
  for (let i = 0; i < SIZE * SIZE; i++)
    if ((data[4 * i + 2] as number) - (data[4 * i + 1] as number) > 30)
      found.push([i % SIZE, Math.floor(i / SIZE)]);
  return found;
}

const bounds = [
  [-1, 1],
  [-1, 1],
] as const;

describe('arrows', () => {
  const picture = (...heads: number[]): Picture => ({
    type: 'arrows',
    tails: Float32Array.of(0, 0),
    heads: Float32Array.from(heads),
    bounds,
  });

  it('go from tail to head', () => {
    const found = findTinted(picture(0.8, 0));
    const xs = found.map(([x]) => x);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(60);
    const up = findTinted(picture(0, 0.8)).map(([, y]) => y);
    expect(Math.max(...up) - Math.min(...up)).toBeGreaterThan(60);
  });

  it('that lead nowhere, or to what is not finite, are left out', () => {
    expect(findTinted(picture(0, 0))).toEqual([]);
    expect(findTinted(picture(Number.NaN, 1))).toEqual([]);
  });
});

it('a mesh has lines along both axes', () => {
  const points = Float32Array.of(-1, 1, 1, 1, -1, -1, 1, -1).map((value) => 0.7 * value);
  const mesh: Picture = { type: 'mesh', columns: 2, rows: 2, points, bounds };
  const found = findTinted(mesh);
  const columns = new Set(found.map(([x]) => x));
  const rows = new Set(found.map(([, y]) => y));
  expect(columns.size).toBeGreaterThan(100);
  expect(rows.size).toBeGreaterThan(100);
  expect(pictureToCsv(mesh)?.split('\n')[2]).toBe('1,0,0.7,0.7');
});

describe('images with columns of their own', () => {
  const context = createCanvas(10, 10).getContext('2d');
  const images = { count: 16, height: 8, width: 8, channels: 1, pixels: new Float32Array(1024), columns: 4 };
  const places = (room: number) => {
    const grid = layoutTiles(context, images, { x: 0, y: 0, width: room, height: room });
    return grid && Array.from({ length: grid.shown }, (_, place) => grid.indexAt(place));
  };

  it('keep their arrangement', () => {
    expect(places(100)).toEqual([...Array(16).keys()]);
  });

  it('are thinned out evenly where there is no room', () => {
    expect(places(20)).toEqual([0, 2, 8, 10]);
    expect(places(4)).toBeUndefined();
  });
});

it('panels show their images, each under its name', () => {
  const images = { count: 4, height: 4, width: 4, channels: 3, columns: 2 };
  const red = Float32Array.from({ length: 192 }, (_, i) => (i % 3 === 0 ? 1 : -1));
  const blue = Float32Array.from({ length: 192 }, (_, i) => (i % 3 === 2 ? 1 : -1));
  const picture: Picture = {
    type: 'panels',
    panels: [
      { label: 'given', images: { ...images, pixels: red } },
      { label: 'made', images: { ...images, pixels: blue } },
    ],
  };
  const [left, right] = [find(picture, '#ff0000'), find(picture, '#0000ff')];
  expect(Math.max(...left.map(([x]) => x))).toBeLessThan(Math.min(...right.map(([x]) => x)));
  expect(left.length).toBe(right.length);
});
