import type { Stream } from '@/lib/util/random';
import { colourNames, colours } from '../colours';

/** One shape in an image: what the sources of shapes draw, and what is read off their samples. */
export const attributes = {
  colour: colourNames,
  form: ['disc', 'square', 'triangle', 'cross'],
  style: ['filled', 'outlined', 'striped', 'checked'],
  size: ['small', 'large'],
  column: ['left', 'right'],
  row: ['top', 'bottom'],
} as const;
export type Attribute = keyof typeof attributes;

/** Each attribute by its value's place in the list; the rest in pixels, whole ones. */
export interface Scene extends Readonly<Record<Attribute, number>> {
  readonly radius: number;
  readonly x: number;
  readonly y: number;
}

/** Of 32 pixels: radii that are small and large, and how far a centre stays from the middle and the edge. */
const RADII = [
  [6, 7],
  [9, 10],
] as const;
const [OFF_MIDDLE, OFF_EDGE] = [2, 1];

export const radiiOf = (side: number): readonly (readonly number[])[] =>
  RADII.map((radii) => radii.map((radius) => Math.round((radius * side) / 32)));

/** Which values of an attribute occur. */
export interface Among extends Readonly<Record<'style' | 'colour', readonly number[]>> {
  /** All shapes in the middle of their quarter of the image, rather than anywhere in it. */
  readonly inMiddle?: boolean;
}

/** A scene for a square image, every value with equal chance. */
export function drawScene(side: number, among: Among, stream: Stream): Scene {
  const pick = <T>(list: readonly T[]) => list[stream.integer(list.length)] as T;
  const form = stream.integer(attributes.form.length);
  const [style, colour] = [pick(among.style), pick(among.colour)];
  const size = stream.integer(attributes.size.length);
  const radius = pick(radiiOf(side)[size] as readonly number[]);
  const [column, row] = [stream.integer(2), stream.integer(2)];
  const middle = Math.floor(side / 2);
  const places = Math.max(1, middle - OFF_EDGE - radius - OFF_MIDDLE + 1);
  const off = () => OFF_MIDDLE + (among.inMiddle ? Math.floor((places - 1) / 2) : stream.integer(places));
  const [x, y] = [middle + (2 * column - 1) * off(), middle + (2 * row - 1) * off()];
  return { form, style, colour, size, column, row, radius, x, y };
}

/** Distance to the edge of a form of radius 1, below 0 inside. */
function distanceTo(form: number, u: number, v: number): number {
  switch (attributes.form[form]) {
    case 'square':
      return Math.max(Math.abs(u), Math.abs(v)) - 0.82;
    case 'triangle':
      return Math.max(v, (Math.sqrt(3) / 2) * Math.abs(u) - v / 2) - 0.6;
    case 'cross':
      return Math.min(
        Math.max(Math.abs(u) - 0.42, Math.abs(v) - 0.93),
        Math.max(Math.abs(u) - 0.93, Math.abs(v) - 0.42),
      );
    default:
      return Math.hypot(u, v) - 0.95;
  }
}

type Kind = Pick<Scene, 'form' | 'style' | 'radius'>;

/** How much of a pixel is covered, 0 to 1, by its place from the centre. Of 32 pixels, an outline is 1.5 wide and a stripe 2. */
function coverageOf({ form, style, radius }: Kind, side: number, dx: number, dy: number): number {
  const [pen, stripe] = [(1.5 * side) / 32, side / 16];
  const distance = radius * distanceTo(form, dx / radius, dy / radius);
  const cover = (to: number) => Math.min(1, Math.max(0, 0.5 - to));
  const inside = cover(distance);
  switch (attributes.style[style]) {
    case 'outlined':
      return inside * (1 - cover(distance + pen));
    case 'striped':
      return inside * even(Math.floor(dy / stripe));
    case 'checked':
      return inside * even(Math.floor(dy / stripe) + Math.floor(dx / stripe));
    default:
      return inside;
  }
}

const even = (value: number): number => 1 - (((value % 2) + 2) % 2);

/** Centres are whole pixels, so that a kind of shape has one picture: the coverage of the square around it. */
const stencils = new Map<string, Float32Array>();
function stencilOf(kind: Kind, side: number): Float32Array {
  const key = [kind.form, kind.style, kind.radius, side].join();
  const half = kind.radius + 1;
  const made =
    stencils.get(key) ??
    Float32Array.from({ length: (2 * half) ** 2 }, (_, i) =>
      coverageOf(kind, side, (i % (2 * half)) + 0.5 - half, Math.floor(i / (2 * half)) + 0.5 - half),
    );
  stencils.set(key, made);
  return made;
}

/** Every pixel of the image that the square around the shape has, and its coverage. */
function eachPixel(scene: Scene, side: number, visit: (pixel: number, ink: number) => void): void {
  const half = scene.radius + 1;
  const stencil = stencilOf(scene, side);
  for (let dy = 0; dy < 2 * half; dy++)
    for (let dx = 0; dx < 2 * half; dx++) {
      const [column, row] = [scene.x - half + dx, scene.y - half + dy];
      if (column >= 0 && column < side && row >= 0 && row < side)
        visit(row * side + column, stencil[dy * 2 * half + dx] as number);
    }
}

/** The coverage of every pixel, row-major. */
export function inkOf(scene: Scene, side: number): Float32Array {
  const ink = new Float32Array(side * side);
  eachPixel(scene, side, (pixel, value) => {
    ink[pixel] = value;
  });
  return ink;
}

/** The scene in colour on black, into an image of three channels in [-1, 1]. */
export function paintScene(scene: Scene, side: number, image: Float32Array): void {
  const { channels } = colours[scene.colour] as (typeof colours)[number];
  image.fill(-1);
  eachPixel(scene, side, (pixel, ink) => {
    for (let channel = 0; channel < 3; channel++)
      image[3 * pixel + channel] = ink * ((channels[channel] as number) + 1) - 1;
  });
}
