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

/** Of a sample in which nothing is recognised. */
export const unread = (attributes: number): Reading => ({
  values: new Array<number>(attributes).fill(-1),
  fit: 0,
  legal: false,
});
