import * as z from 'zod';
import { wordsOf } from '../../attributes';
import { imageSide } from '../../fields';
import { defineSource } from '../../source';
import { drawLabelled, namedOf, pythonOf, truthOf } from './labelled';
import { attributes } from './scene';

/** What both sides have in common, and a translation is to keep. */
const named = namedOf(['form', 'size', 'column', 'row']);

type Value<A extends keyof typeof attributes> = (typeof attributes)[A][number];

/** Shapes of one colour and style: one side of a translation without pairs. */
function unpaired<const K extends string>(
  id: K,
  title: string,
  colourName: Value<'colour'>,
  styleName: Value<'style'>,
) {
  const [colour, style] = [attributes.colour.indexOf(colourName), attributes.style.indexOf(styleName)];
  const among = { colour: [colour], style: [style] };
  return defineSource({
    id,
    title,
    summary: `Shapes of many forms, sizes and places, all of them ${styleName} and ${colourName}.`,
    family: 'Images',
    options: z.strictObject({ size: imageSide(32, 24, 64) }),
    ports: ({ size }) => ({ x: [size, size, 3], labels: [wordsOf(named).length] }),
    classes: () => wordsOf(named),
    draw: ({ size }, rows, stream) => drawLabelled(size, among, named, rows, stream),
    truth: ({ size }) =>
      truthOf(
        size,
        named,
        (scene) => scene.colour === colour && scene.style === style,
        `scene["colour"] == ${colour} and scene["style"] == ${style}`,
      ),
    python: ({ size }) => pythonOf(size, among, named),
  });
}

export const shapesA = unpaired('shapes-a', 'Shapes, side A', 'yellow', 'filled');
export const shapesB = unpaired('shapes-b', 'Shapes, side B', 'blue', 'outlined');
