import type { Stream } from '@/lib/util/random';
import { labelsOf, labelsPython, unread } from '../../attributes';
import { pythonExpression, pythonList, pythonSource } from '../../python';
import type { Truth } from '../../truth';
import { NEAR } from '../templates';
import { readScene } from './read-scene';
import { type Among, type Attribute, attributes, drawScene, paintScene, type Scene } from './scene';
import { readShapePython, shapesPython } from './shapes-python';

/** Images of shapes with the values of some attributes as labels. */
export const namedOf = (names: readonly Attribute[]) =>
  names.map((name) => ({ name, values: attributes[name] }) as const);
type Named = ReturnType<typeof namedOf>;

export function drawLabelled(side: number, among: Among, named: Named, rows: number, stream: Stream) {
  const pixels = side * side * 3;
  const x = new Float32Array(rows * pixels);
  const drawn = Array.from({ length: rows }, (_, row) => {
    const scene = drawScene(side, among, stream);
    paintScene(scene, side, x.subarray(row * pixels, (row + 1) * pixels));
    return named.map(({ name }) => scene[name]);
  });
  return { x, labels: labelsOf(drawn, named) };
}

export const truthOf = (
  side: number,
  named: Named,
  isLegal: (scene: Scene) => boolean = () => true,
  /** The same, of `scene` in Python. */
  isLegalPython = 'True',
): Truth => ({
  attributes: named,
  python: {
    read: pythonExpression(
      `(lambda sample, given: read_shape(sample, ${JSON.stringify(named.map(({ name }) => name))}, lambda scene: ${isLegalPython}))`,
      ...readShapePython,
    ),
  },
  read(sample) {
    const found = readScene(sample, side);
    if (!found) return unread(named.length);
    const { scene, fit } = found;
    return { values: named.map(({ name }) => scene[name]), fit, legal: fit >= NEAR && isLegal(scene) };
  },
});

export function pythonOf(side: number, { style, colour, inMiddle = false }: Among, named: Named) {
  const order = Object.keys(attributes);
  const columns = named.map(({ name }) => order.indexOf(name));
  return pythonSource(
    `images, hot = draw_shapes(rng, rows, ${side}, ${pythonList(style)}, ${pythonList(colour)}, ${inMiddle ? 'True' : 'False'})
return {"x": images, "labels": ${labelsPython(named, columns)}}`,
    shapesPython,
  );
}
