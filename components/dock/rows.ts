/** Where things of these widths stand beside each other, in as many rows as they take. */
export function inRows(widths: readonly number[], most: number, gap: number) {
  let [at, row] = [0, 0];
  return widths.map((width) => {
    if (at > 0 && at + width > most) [at, row] = [0, row + 1];
    const place = { at, row };
    at += width + gap;
    return place;
  });
}
