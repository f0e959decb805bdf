import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { wordsOf } from '../../attributes';
import { imageSide } from '../../fields';
import { defineSource } from '../../source';
import { drawLabelled, namedOf, pythonOf, truthOf } from './labelled';
import { type Among, attributes } from './scene';

const named = namedOf(['colour', 'form', 'style', 'size', 'column', 'row']);
const styles = attributes.style;

function amongOf(style: 'all' | (typeof styles)[number]): Among {
  const every = styles.map((_, i) => i);
  return {
    style: style === 'all' ? every : [styles.indexOf(style)],
    colour: attributes.colour.map((_, i) => i),
  };
}

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
  }),
  ports: ({ size }) => ({ x: [size, size, 3], labels: [wordsOf(named).length] }),
  classes: () => wordsOf(named),
  draw: ({ size, style }, rows, stream) => drawLabelled(size, amongOf(style), named, rows, stream),
  truth: ({ size }) => truthOf(size, named),
  python: ({ size, style }) => pythonOf(size, amongOf(style), named),
});
