import { pythonList } from './python';
import type { Attribute, Reading } from './truth';

/** Attributes as labels: the value of each, one-hot among its own, side by side. */
export const wordsOf = (attributes: readonly Attribute[]): readonly string[] =>
  attributes.flatMap(({ values }) => values);

/** Labels of rows, each of which has a place in the values of every attribute. */
export function labelsOf(
  rows: readonly (readonly number[])[],
  attributes: readonly Attribute[],
): Float32Array<ArrayBuffer> {
  const words = wordsOf(attributes).length;
  const labels = new Float32Array(rows.length * words);
  rows.forEach((places, row) => {
    let start = row * words;
    attributes.forEach(({ values }, i) => {
      labels[start + (places[i] as number)] = 1;
      start += values.length;
    });
  });
  return labels;
}

/** The same in Python, of `hot`, whose columns are places in the values of attributes. */
export const labelsPython = (
  attributes: readonly Attribute[],
  columns: readonly number[] = attributes.map((_, i) => i),
): string => {
  const groups = attributes.map(({ values }, i) => [columns[i] as number, values.length]);
  return `np.concatenate([np.eye(count)[hot[:, i]] for i, count in ${pythonList(groups)}], 1)`;
};

/** What readers of samples in Python share. */
export const readPython = `def is_lit(values):
    """Above 0, as a flat array of 0 and 1 that can be multiplied."""
    return (values.reshape(-1) > 0).astype(np.float64)


def nearest_template(lit, kinds, templates):
    """The kind of the template that overlaps most with what is lit, by overlap over union; -1 where none does."""
    both = templates @ lit
    overlap = both / np.maximum(1, templates.sum(1) + lit.sum() - both)
    best = int(overlap.argmax())
    return (int(kinds[best]), overlap[best]) if overlap[best] > 0 else (-1, 0)


def nearest_colour(colour, among):
    """The place of the nearest, and how far it is."""
    away = np.sqrt(((np.array(among) - colour) ** 2).sum(1))
    return int(away.argmin()), away.min()


def whole_middle(rows, columns):
    """Of pixels, to a whole one: x and y."""
    return math.floor(columns.mean() + 0.5), math.floor(rows.mean() + 0.5)`;

/** Of a sample in which nothing is recognised. */
export const unread = (attributes: number): Reading => ({
  values: new Array<number>(attributes).fill(-1),
  fit: 0,
  legal: false,
});
