import { colours, nearestColour } from '../colours';
import { attributes, inkOf, radiiOf, type Scene } from './scene';

/** What is lit of a shape, counted from the middle of what is lit. */
interface Mask extends Pick<Scene, 'form' | 'style' | 'size' | 'radius'> {
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  /** From the middle of what is lit to the shape's centre. */
  readonly toCentre: readonly [number, number];
}

interface Read {
  readonly scene: Scene;
  /** Overlap over union with the scene. */
  readonly fit: number;
  /** 1 where a pixel is lit. */
  readonly lit: Uint8Array;
}

const masksBySize = new Map<number, readonly Mask[]>();

/** Every form in every style and radius. */
function masksOf(side: number): readonly Mask[] {
  const made = masksBySize.get(side) ?? makeMasks(side);
  masksBySize.set(side, made);
  return made;
}

const makeMasks = (side: number): readonly Mask[] =>
  attributes.form.flatMap((_, form) =>
    attributes.style.flatMap((_, style) =>
      radiiOf(side).flatMap((radii, size) =>
        radii.map((radius): Mask => {
          const centre = Math.floor(side / 2);
          const scene = { form, style, size, radius, colour: 0, column: 0, row: 0, x: centre, y: centre };
          const lit = litOf(inkOf(scene, side), side, 0.5);
          const [x, y] = middleOf(lit);
          return {
            ...{ form, style, size, radius },
            dx: Int16Array.from(lit, ([column]) => column - x),
            dy: Int16Array.from(lit, ([, row]) => row - y),
            toCentre: [centre - x, centre - y],
          };
        }),
      ),
    ),
  );

const litOf = (values: Float32Array, side: number, above: number) =>
  [...values.keys()]
    .filter((i) => (values[i] as number) > above)
    .map((i) => [i % side, Math.floor(i / side)] as const);

/** Of the pixels, to a whole pixel. */
const middleOf = (pixels: readonly (readonly [number, number])[]) =>
  [0, 1].map((axis) =>
    Math.round(pixels.reduce((sum, pixel) => sum + (pixel[axis] as number), 0) / pixels.length),
  ) as [number, number];

/** The shape whose lit pixels overlap most with those of an image of three channels; undefined where none is lit. */
export function readScene(image: Float32Array, side: number): Read | undefined {
  if (!image.every(Number.isFinite)) return undefined;
  const at = (pixel: number, channel: number) => image[3 * pixel + channel] as number;
  const brightest = new Float32Array(side * side);
  brightest.forEach((_, i) => {
    brightest[i] = Math.max(at(i, 0), at(i, 1), at(i, 2));
  });
  const found = readInk(brightest, side);
  if (!found) return undefined;
  const above = (least: number) => [...brightest.keys()].filter((i) => (brightest[i] as number) > least);
  const bright = above(BRIGHT);
  const lit = bright.length > 0 ? bright : above(0);
  const mean = [0, 1, 2].map((channel) => lit.reduce((sum, i) => sum + at(i, channel), 0) / lit.length);
  const { index: colour } = nearestColour(mean, colours);
  return { ...found, scene: { ...found.scene, colour } };
}

/** Brighter than half; a soft edge is not the colour, where there is more than soft edges. */
export const BRIGHT = 0.5;

/** The same of one channel, of any colour. */
export function readInk(ink: Float32Array, side: number): Read | undefined {
  const lit = litOf(ink, side, 0);
  if (lit.length === 0) return undefined;
  const isLit = Uint8Array.from(ink, (value) => Number(value > 0));
  const overlapAt = ({ dx, dy }: Mask, x: number, y: number) => {
    let both = 0;
    for (let i = 0; i < dx.length; i++) {
      const column = x + (dx[i] as number);
      const row = y + (dy[i] as number);
      if (column >= 0 && column < side && row >= 0 && row < side)
        both += isLit[row * side + column] as number;
    }
    return both / (lit.length + dx.length - both);
  };
  const [x, y] = middleOf(lit);
  // A sample's middle may be a pixel off.
  const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => ({ x: x + dx, y: y + dy })));
  const tried = masksOf(side).flatMap((mask) =>
    around.map((place) => ({ mask, place, fit: overlapAt(mask, place.x, place.y) })),
  );
  const { mask, place, fit } = tried.reduce((best, each) => (each.fit > best.fit ? each : best));
  const [centreX, centreY] = [place.x + mask.toCentre[0], place.y + mask.toCentre[1]];
  const { form, style, size, radius } = mask;
  const [column, row] = [Number(centreX > side / 2), Number(centreY > side / 2)];
  return {
    scene: { form, style, size, radius, colour: 0, column, row, x: centreX, y: centreY },
    fit,
    lit: isLit,
  };
}
