import { pythonList, pythonSource } from '../../python';
import type { Truth } from '../../truth';
import { NEAR } from '../templates';
import { readScene } from './read-scene';
import { type Among, type Attribute, attributes, drawScene, paintScene, type Scene } from './scene';
import { shapesPython } from './shapes-python';

/** Images of shapes with the values of some attributes as labels, each one-hot among its own. */
export const wordsOf = (named: readonly Attribute[]): readonly string[] =>
  named.flatMap((name) => [...attributes[name]]);

export function drawLabelled(
  side: number,
  among: Among,
  named: readonly Attribute[],
  rows: number,
  stream: Parameters<typeof drawScene>[2],
) {
  const [pixels, words] = [side * side * 3, wordsOf(named).length];
  const x = new Float32Array(rows * pixels);
  const labels = new Float32Array(rows * words);
  for (let row = 0; row < rows; row++) {
    const scene = drawScene(side, among, stream);
    paintScene(scene, side, x.subarray(row * pixels, (row + 1) * pixels));
    let start = row * words;
    for (const name of named) {
      labels[start + scene[name]] = 1;
      start += attributes[name].length;
    }
  }
  return { x, labels };
}

export const truthOf = (
  side: number,
  named: readonly Attribute[],
  isLegal: (scene: Scene) => boolean = () => true,
): Truth => ({
  attributes: named.map((name) => ({ name, values: attributes[name] })),
  read(sample) {
    const found = readScene(sample, side);
    if (!found) return { values: named.map(() => -1), fit: 0, legal: false };
    const { scene, fit } = found;
    return { values: named.map((name) => scene[name]), fit, legal: fit >= NEAR && isLegal(scene) };
  },
});

export function pythonOf(side: number, { style, colour }: Among, named: readonly Attribute[]) {
  const order = Object.keys(attributes);
  const groups = named.map((name) => [order.indexOf(name), attributes[name].length]);
  return pythonSource(
    `images, hot = draw_shapes(rng, rows, ${side}, ${pythonList(style)}, ${pythonList(colour)})
labels = np.concatenate([np.eye(count)[hot[:, i]] for i, count in ${pythonList(groups)}], 1)
return {"x": images, "labels": labels}`,
    shapesPython,
  );
}
