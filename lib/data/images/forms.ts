/** Flat forms on a square of a few pixels, and how one is recognised. */
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
  return Array.from({ length: side * side }, (_, i): Pixel => [Math.floor(i / side), i % side]).filter(
    ([y, x]) => isInside(Math.abs(y - middle), Math.abs(x - middle)),
  );
}

/** The form, of either size and anywhere, whose overlap over union with what is lit is the largest. */
export function findForm(isLit: readonly boolean[], lit: number, size: number) {
  let best = { form: -1, overlap: 0 };
  forms.forEach((_, form) => {
    for (const side of sidesOf(size)) {
      const places = placesOf(form, side);
      const corners = size - side + 1;
      for (let corner = 0; corner < corners * corners; corner++) {
        const [top, left] = [Math.floor(corner / corners), corner % corners];
        let both = 0;
        for (const [dy, dx] of places) if (isLit[(top + dy) * size + left + dx]) both++;
        const overlap = both / (lit + places.length - both);
        if (overlap > best.overlap) best = { form, overlap };
      }
    }
  });
  return best;
}
