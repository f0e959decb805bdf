import * as z from 'zod';
import { unread } from '../../attributes';
import { imageSide } from '../../fields';
import { pythonExpression, pythonSource } from '../../python';
import { defineSource } from '../../source';
import { NEAR, overlapOf } from '../templates';
import { readInk, readScene } from './read-scene';
import { attributes, drawScene, inkOf, paintScene } from './scene';
import { readShapePython, shapesPython } from './shapes-python';

const [FILLED, OUTLINED] = [attributes.style.indexOf('filled'), attributes.style.indexOf('outlined')];
const among = { style: [FILLED], colour: attributes.colour.map((_, i) => i) };

/** An outline, and the shape that fills it, in any of four colours: one given, several answers. */
export const outlineToShape = defineSource({
  id: 'outline-to-shape',
  title: 'Outlines and shapes',
  summary: 'The outline of a shape, and the shape filled with any of four colours.',
  family: 'Images',
  options: z.strictObject({ size: imageSide(32, 24, 64) }),
  ports: ({ size }) => ({ x: [size, size, 1], target: [size, size, 3] }),
  draw({ size }, rows, stream) {
    const pixels = size * size;
    const x = new Float32Array(rows * pixels);
    const target = new Float32Array(rows * pixels * 3);
    for (let row = 0; row < rows; row++) {
      const scene = drawScene(size, among, stream);
      const outline = inkOf({ ...scene, style: OUTLINED }, size);
      outline.forEach((ink, pixel) => {
        x[row * pixels + pixel] = 2 * ink - 1;
      });
      paintScene(scene, size, target.subarray(row * pixels * 3, (row + 1) * pixels * 3));
    }
    return { x, target };
  },
  truth: ({ size }) => ({
    attributes: [
      { name: 'colour', values: attributes.colour },
      { name: 'form', values: attributes.form },
    ],
    readsGiven: true,
    /** Fits as far as it covers what the outline encloses, and nothing else. */
    read(sample, given) {
      const found = readScene(sample, size);
      if (!found) return unread(2);
      const { colour, form, style } = found.scene;
      const outline = given && readInk(given, size)?.scene;
      const filled = outline && inkOf({ ...outline, style: FILLED }, size);
      const fit = filled ? overlapOf(found.lit, (i) => (filled[i] as number) > 0.5) : found.fit;
      return { values: [colour, form], fit, legal: style === FILLED && fit >= NEAR };
    },
    python: { read: pythonExpression('read_filled', ...readShapePython, readFilled) },
  }),
  python: ({ size }) =>
    pythonSource(
      `images, hot = draw_shapes(rng, rows, ${size}, [${FILLED}], range(4))
outlines = np.stack([shape_ink(${size}, form, ${OUTLINED}, radius, x, y) for _, form, *_, radius, x, y in hot])
return {"x": 2 * outlines[..., None] - 1, "target": images}`,
      shapesPython,
    ),
});

const readFilled = `def read_filled(sample, given):
    """What fills an outline, as far as it covers what that encloses and nothing else."""
    found = read_scene(sample)
    if found is None:
        return [-1, -1], 0, False
    scene, fit, lit = found
    outline = None if given is None else read_ink(given[..., 0])
    if outline is not None:
        form, radius, x, y = (outline[0][name] for name in ("form", "radius", "x", "y"))
        filled = shape_ink(len(sample), form, ${FILLED}, radius, x, y).astype(np.float32) > 0.5
        fit = (filled & lit).sum() / max(1, (filled | lit).sum())
    return [scene["colour"], scene["form"]], fit, scene["style"] == ${FILLED} and fit >= ${NEAR}`;
