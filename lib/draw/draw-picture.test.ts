import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { DrawContext2D } from './context';
import { drawPicture } from './draw-picture';
import { firstLook, type Look } from './look';
import { fillMarks } from './marks';
import type { Picture } from './picture';
import { darkTheme, lightTheme, parseColor } from './theme';

type Color = readonly [number, number, number];

/** A picture drawn on a canvas of Node, and its pixels. */
function drawn(picture: Picture, width = 180, height = 180, density = 1, theme = lightTheme, look?: Look) {
  const canvas = createCanvas(width * density, height * density);
  const context = canvas.getContext('2d');
  context.scale(density, density);
  drawPicture(context, picture, { width, height }, theme, look);
  return pixelsOf(context, width * density, height * density);
}

function pixelsOf(context: SKRSContext2D, width: number, height: number) {
  const { data } = context.getImageData(0, 0, width, height);
  const at = (x: number, y: number): Color => {
    const i = 4 * (y * width + x);
    return [data[i] as number, data[i + 1] as number, data[i + 2] as number];
  };
  /** Places of pixels near a colour. */
  const find = (color: Color, tolerance = 30): readonly [number, number][] => {
    const found: [number, number][] = [];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        if (at(x, y).every((value, i) => Math.abs(value - (color[i] as number)) <= tolerance))
          found.push([x, y]);
    return found;
  };
  return { at, find, data };
}

const extent = (values: readonly number[]): readonly [number, number] => [
  Math.min(...values),
  Math.max(...values),
];
const real = parseColor(lightTheme.real);
const fake = parseColor(lightTheme.fake);
const circle = Float32Array.from(
  Array.from({ length: 400 }, (_, k) => [Math.cos(k / 50), Math.sin(k / 50)]).flat(),
);
const square = [
  [-2, 2],
  [-2, 2],
] as const;

describe('points', () => {
  it('of real and fake differ in shape', () => {
    const corner = (mark: 'circle' | 'diamond') => {
      const context = createCanvas(60, 60).getContext('2d');
      fillMarks(context, mark, Float32Array.of(30, 30), 20);
      // On the diagonal at 0.9 r: inside the circle, outside the diamond.
      return context.getImageData(43, 43, 1, 1).data[3];
    };
    expect([corner('circle'), corner('diamond')]).toEqual([255, 0]);
  });

  it.each([
    [180, 180],
    [420, 320],
    [200, 400],
  ])('lie on equal axes in %d × %d', (width, height) => {
    const found = drawn({ type: 'points', fake: circle, bounds: square }, width, height)
      .find(fake, 60)
      .filter(([, y]) => y > 20);
    const [left, right] = extent(found.map(([x]) => x));
    const [top, bottom] = extent(found.map(([, y]) => y));
    expect(right - left).toBeGreaterThan(60);
    expect(Math.abs(right - left - (bottom - top))).toBeLessThanOrEqual(2);
  });

  it('go up with y', () => {
    const stack = Float32Array.from(Array.from({ length: 400 }, () => [0, 1.5]).flat());
    const found = drawn({ type: 'points', real: stack, bounds: square }).find(real, 30);
    const inPlot = found.filter(([, y]) => y > 20);
    expect(inPlot.length).toBeGreaterThan(0);
    expect(Math.max(...inPlot.map(([, y]) => y))).toBeLessThan(80);
  });

  it('are placed by their own extent where the bounds make no sense', () => {
    for (const bounds of [
      [],
      [
        [Number.NaN, 1],
        [0, 1],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    ] as const) {
      const { find } = drawn({ type: 'points', fake: circle, bounds } as Picture);
      expect(find(fake, 60).length).toBeGreaterThan(100);
    }
  });
});

describe('surface', () => {
  const slope = (low: number, high: number): Picture => ({
    type: 'points',
    bounds: square,
    surface: { width: 2, height: 2, values: Float32Array.of(low, low, high, high) },
  });

  it('has low values at the bottom in one colour and high ones at the top in the other', () => {
    const { at } = drawn(slope(-3, 3));
    expect(at(90, 150)).toEqual(parseColor(lightTheme.surfaceLow));
    expect(at(90, 25)).toEqual(parseColor(lightTheme.surfaceHigh));
  });

  it('turns at ½ for probabilities and at 0 for others', () => {
    const high = parseColor(lightTheme.surfaceHigh);
    expect(drawn(slope(0.6, 0.9)).find(parseColor(lightTheme.surfaceLow), 3)).toEqual([]);
    expect(drawn(slope(0.6, 0.9)).find(high, 3).length).toBeGreaterThan(100);
    expect(drawn(slope(-0.6, -0.9)).find(high, 3)).toEqual([]);
  });
});

describe('densities', () => {
  const bell = (centre: number, height = 1) =>
    Float32Array.from({ length: 200 }, (_, i) => height * Math.exp(-(((i - centre) / 20) ** 2)));

  it('fill the real one, and dash the fake one', () => {
    const { find } = drawn({ type: 'densities', range: [0, 1], real: bell(60), fake: bell(140) }, 420, 320);
    const area = parseColor('#d2e1f1');
    expect(find(area, 8).length).toBeGreaterThan(5000);
    // Along the fake's upper flank, dashes leave gaps: rows without its colour between rows with it.
    const rows = new Set(find(fake, 60).flatMap(([, y]) => (y > 60 && y < 250 ? [y] : [])));
    expect(rows.size).toBeGreaterThan(60);
    expect(rows.size).toBeLessThan(190);
  });

  it('give the function its own scale', () => {
    const curve = Float32Array.from({ length: 200 }, (_, i) => i / 199);
    const picture: Picture = { type: 'densities', range: [0, 1], real: bell(100, 1000), curve };
    const places = drawn(picture, 420, 320).find(parseColor(lightTheme.curve), 40);
    const [top, bottom] = extent(places.filter(([x, y]) => x < 380 && y > 22).map(([, y]) => y));
    expect(bottom - top).toBeGreaterThan(200);
  });
});

describe('videos', () => {
  /** Red, then green, then blue. */
  const pixels = Float32Array.of(1, -1, -1, -1, 1, -1, -1, -1, 1);
  const fake = { frames: 3, images: { count: 3, height: 1, width: 1, channels: 3, pixels } };
  const frames = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ] as const;

  it('show one frame at a time, the first after the last', () => {
    for (const frame of [0, 1, 2, 3, 7]) {
      const { find } = drawn({ type: 'videos', fake }, 180, 180, 1, lightTheme, { ...firstLook, frame });
      const shown = frames.map((color) => find(color, 3).length > 1000);
      expect(shown).toEqual(frames.map((_, k) => k === frame % 3));
    }
  });

  it('show all side by side where nothing moves', () => {
    const { find } = drawn({ type: 'videos', fake });
    const lefts = frames.map((color) => Math.min(...find(color, 3).map(([x]) => x)));
    expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
    expect(new Set(lefts).size).toBe(3);
  });
});

describe('images', () => {
  /** A checkerboard of black and white. */
  const board = (count: number, size: number) => ({
    count,
    height: size,
    width: size,
    channels: 1,
    pixels: Float32Array.from({ length: count * size * size }, (_, i) =>
      ((i % size) + Math.floor(i / size)) % 2 ? 1 : -1,
    ),
  });

  it.each([1, 2, 3])('keep their pixels crisp at %d device pixels per unit', (density) => {
    const { at } = drawn({ type: 'images', fake: board(16, 8) }, 180, 180, density, darkTheme);
    const middle = [];
    for (let y = 40 * density; y < 170 * density; y++)
      for (let x = 20 * density; x < 160 * density; x++) middle.push(at(x, y).join());
    const allowed = new Set(['0,0,0', '255,255,255', parseColor(darkTheme.background).join()]);
    expect(new Set(middle)).toEqual(allowed);
  });

  it('show colours as they are, and clamp what is out of range', () => {
    const pixels = Float32Array.of(1, -1, -1, -1, 0, -1, 5, -7, 1, Number.NaN, Number.NaN, Number.NaN);
    const { find } = drawn({ type: 'images', fake: { count: 1, height: 2, width: 2, channels: 3, pixels } });
    for (const color of [
      [255, 0, 0],
      [0, 128, 0],
      [255, 0, 255],
    ] as const)
      expect(find(color, 0).length).toBeGreaterThan(400);
  });

  it('show real and fake apart', () => {
    const light = { ...board(4, 8), pixels: new Float32Array(4 * 64).fill(1) };
    const dark = { ...board(4, 8), pixels: new Float32Array(4 * 64).fill(-1) };
    const { find } = drawn({ type: 'images', real: light, fake: dark }, 180, 180, 1, darkTheme);
    const lowest = (color: Color) => Math.max(...find(color, 0).map(([, y]) => y));
    const highest = (color: Color) => Math.min(...find(color, 0).map(([, y]) => y));
    expect(lowest([255, 255, 255])).toBeLessThan(highest([0, 0, 0]));
  });
});

const anyNumber = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1e38, 0, 1));
const anyArray = fc.array(anyNumber, { maxLength: 60 }).map((values) => Float32Array.from(values));
const maybe = fc.option(anyArray, { nil: undefined });
const anyRange = fc.tuple(anyNumber, anyNumber);
const small = fc.integer({ min: 0, max: 9 });
const anyImages = fc.option(
  fc.record(
    {
      count: small,
      height: small,
      width: small,
      channels: small,
      pixels: anyArray,
      captions: fc.array(fc.array(fc.string(), { maxLength: 3 }), { maxLength: 9 }),
    },
    { requiredKeys: ['count', 'height', 'width', 'channels', 'pixels'] },
  ),
  { nil: undefined },
);
const anyVideos = fc.option(
  fc.record({ frames: small, images: anyImages }).filter(({ images }) => images !== undefined),
  { nil: undefined },
);
const anyVolumes = fc.option(
  fc.record({ count: small, depth: small, height: small, width: small, filled: fc.uint8Array({ max: 1 }) }),
  { nil: undefined },
);
const anyPicture = fc.oneof(
  fc.record({ type: fc.constant('empty'), message: fc.string({ maxLength: 300 }) }),
  fc.record({
    type: fc.constant('points'),
    real: maybe,
    fake: maybe,
    bounds: fc.array(anyRange, { maxLength: 3 }),
    surface: fc.option(fc.record({ width: small, height: small, values: anyArray }), { nil: undefined }),
  }),
  fc.record({ type: fc.constant('densities'), range: anyRange, real: maybe, fake: maybe, curve: maybe }),
  fc.record({ type: fc.constant('images'), real: anyImages, fake: anyImages }),
  fc.record({ type: fc.constant('videos'), real: anyVideos, fake: anyVideos }),
  fc.record({ type: fc.constant('volumes'), real: anyVolumes, fake: anyVolumes }),
  fc.record({
    type: fc.constant('strings'),
    real: fc.array(fc.string(), { maxLength: 300 }),
    fake: fc.option(fc.array(fc.string()), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('values'),
    rows: fc.array(fc.record({ label: fc.string(), mean: anyNumber, sd: anyNumber }), { maxLength: 20 }),
    histograms: fc.array(anyArray, { maxLength: 20 }),
  }),
) as fc.Arbitrary<Picture>;

/** A context that has only what drawing may use. */
function strict(context: DrawContext2D, used: Set<string>): DrawContext2D {
  return new Proxy(context, {
    get(target, name) {
      used.add(String(name));
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  });
}

it('captions are written below their images, which keep clear of them', () => {
  const grey = { count: 4, height: 4, width: 4, channels: 1, pixels: new Float32Array(64).fill(1) };
  const captions = [['first'], ['second'], ['third', 'of them'], ['fourth']];
  const white = [255, 255, 255] as const;
  const theme = { ...lightTheme, background: '#808080' };
  const linesOf = (images: Extract<Picture, { type: 'images' }>['fake']) => {
    const { find } = drawn({ type: 'images', ...(images && { fake: images }) }, 180, 180, 1, theme);
    return new Set(find(white, 0).map(([, y]) => y));
  };
  const [plain, captioned] = [linesOf(grey), linesOf({ ...grey, captions })];
  // Two rows of images, each with two lines of 13.5 units below.
  expect(plain.size - captioned.size).toBeGreaterThan(40);
  const { find } = drawn({ type: 'images', fake: { ...grey, captions } }, 180, 180, 1, theme);
  const ink = find(parseColor(theme.inkSoft), 40).map(([, y]) => y);
  const bottom = Math.max(...captioned);
  expect(ink.filter((y) => y > bottom + 1 && y < bottom + 28).length).toBeGreaterThan(10);
});

describe('any picture', () => {
  it('is drawn on the contexts of page, worker and Node', () => {
    expectTypeOf<CanvasRenderingContext2D>().toExtend<DrawContext2D>();
    expectTypeOf<OffscreenCanvasRenderingContext2D>().toExtend<DrawContext2D>();
    expectTypeOf<SKRSContext2D>().toExtend<DrawContext2D>();
  });

  it('is drawn without throwing, into any box, and leaves the context as it was', () => {
    const canvas = createCanvas(300, 200);
    const context = canvas.getContext('2d');
    context.globalAlpha = 0.3;
    context.font = '17px sans-serif';
    const before = [
      context.font,
      context.globalAlpha,
      context.lineWidth,
      context.fillStyle,
      context.getLineDash().length,
    ];
    const used = new Set<string>();
    const sizes = fc.constantFrom([300, 200], [180, 180], [60, 50], [10, 10], [0, 0], [300, 12]);
    fc.assert(
      fc.property(anyPicture, sizes, fc.boolean(), (picture, [width = 0, height = 0], dark) => {
        drawPicture(strict(context, used), picture, { width, height }, dark ? darkTheme : lightTheme);
      }),
      { numRuns: 400 },
    );
    const after = [
      context.font,
      context.globalAlpha,
      context.lineWidth,
      context.fillStyle,
      context.getLineDash().length,
    ];
    expect(after).toEqual(before);
    expect(used.has('drawImage') || used.has('canvas')).toBe(false);
  });
});
