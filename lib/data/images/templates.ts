/** Something of a kind at one place of a row-major image or volume: what it fills, counted from its corner. */
export interface Template {
  readonly kind: number;
  readonly inside: readonly number[];
  readonly corner: number;
}

/** Overlap over union with its template from which a sample is what the template is. */
export const NEAR = 0.8;

/** Overlap over union of what is lit with what is there, place by place; 0 where neither is. */
export function overlapOf(lit: Uint8Array, isThere: (place: number) => boolean): number {
  let [both, either] = [0, 0];
  lit.forEach((value, place) => {
    const [a, b] = [value === 1, isThere(place)];
    both += Number(a && b);
    either += Number(a || b);
  });
  return both / Math.max(1, either);
}

/** The template that overlaps most with what is above 0, by overlap over union; kind -1 where none does. */
export function findNearest(values: Float32Array, templates: readonly Template[]) {
  const isFilled = Uint8Array.from(values, (value) => Number(value > 0));
  const filled = isFilled.reduce((sum, value) => sum + value, 0);
  let [kind, overlap] = [-1, 0];
  for (const template of templates) {
    let both = 0;
    for (const place of template.inside) both += isFilled[template.corner + place] as number;
    const found = both / (filled + template.inside.length - both);
    if (found > overlap) [kind, overlap] = [template.kind, found];
  }
  return { kind, overlap, isNear: overlap >= NEAR };
}
