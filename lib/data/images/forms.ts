import type { Template } from './templates';

/** Flat forms on a square of a few pixels. */
export const forms = ['square', 'diamond', 'cross', 'ring'] as const;

/** Of sixteen pixels, so many are a side. */
const SIDES = [5, 7];

export const sidesOf = (size: number): readonly number[] =>
  SIDES.map((sixteenths) => Math.round((sixteenths * size) / 16));

type Pixel = readonly [dy: number, dx: number];

/** The pixels of a form, counted from the upper left corner of its square. */
export function placesOf(form: number, side: number): readonly Pixel[] {
  const middle = (side - 1) / 2;
  const isInside = (dy: number, dx: number) => {
    switch (forms[form]) {
      case 'diamond':
        return dy + dx <= middle + 0.01;
      case 'cross':
        return Math.min(dy, dx) <= Math.max(0.75, side / 8);
      case 'ring':
        return Math.hypot(dy, dx) <= middle + 0.3 && Math.hypot(dy, dx) >= middle - Math.max(0.8, side / 6);
      default:
        return true;
    }
  };
  return squareOf(side).filter(([y, x]) => isInside(Math.abs(y - middle), Math.abs(x - middle)));
}

const squareOf = (side: number) =>
  Array.from({ length: side * side }, (_, i): Pixel => [Math.floor(i / side), i % side]);

/** Every form in either size, anywhere in an image. */
export const templatesOf = (size: number): readonly Template[] =>
  forms.flatMap((_, kind) =>
    sidesOf(size).flatMap((side) => {
      const inside = placesOf(kind, side).map(([dy, dx]) => dy * size + dx);
      return squareOf(size - side + 1).map(([y, x]) => ({ kind, inside, corner: y * size + x }));
    }),
  );
