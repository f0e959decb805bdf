import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { wordsOf } from '../../attributes';
import { imageSide, placesChoice } from '../../fields';
import { defineSource } from '../../source';
import { drawLabelled, namedOf, pythonOf, truthOf } from './labelled';
import { type Among, attributes } from './scene';

const named = namedOf(['colour', 'form', 'style', 'size', 'column', 'row']);
const { style: styles, colour: colours } = attributes;

/** Every value, or the one that is named. */
const among = <T extends string>(values: readonly T[], name: 'all' | T): readonly number[] =>
  name === 'all' ? values.map((_, i) => i) : [values.indexOf(name)];

interface Kinds {
  readonly style: 'all' | (typeof styles)[number];
  readonly colour: 'all' | (typeof colours)[number];
  readonly places: 'all' | 'middle';
}
const amongOf = ({ style, colour, places }: Kinds): Among => ({
  style: among(styles, style),
  colour: among(colours, colour),
  inMiddle: places === 'middle',
});

/** One shape of a colour, form, style, size and place, and the words that say so. */
export const shapes = defineSource({
  id: 'shapes',
  title: 'Shapes',
  summary: 'One shape on black: colour, form, style, size and place differ, and are its labels.',
  family: 'Images',
  options: z.strictObject({
    size: imageSide(32, 24, 64),
    style: param(z.enum(['all', ...styles]).default('all'), {
      label: 'Style',
      help: 'How the shapes are filled: one way, or all four.',
    }),
    colour: param(z.enum(['all', ...colours]).default('all'), {
      label: 'Colour',
      help: 'The colour of all shapes, or all four.',
    }),
    places: placesChoice('Where shapes stand in their quarter of the image: anywhere, or all in its middle.'),
  }),
  ports: ({ size }) => ({ x: [size, size, 3], labels: [wordsOf(named).length] }),
  classes: () => wordsOf(named),
  draw: ({ size, ...kinds }, rows, stream) => drawLabelled(size, amongOf(kinds), named, rows, stream),
  truth: ({ size }) => truthOf(size, named),
  python: ({ size, ...kinds }) => pythonOf(size, amongOf(kinds), named),
});
