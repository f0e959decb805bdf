import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { quantity } from '@/lib/util/sentence';
import { MOST_CLASSES, MOST_COLUMNS, MOST_ROWS } from './data-file';

const names = z.string().min(1).max(100);

/** What a document says of a file that it does not hold: enough to check, to show and to share the graph without it. */
export const importOptions = z.strictObject({
  name: param(z.string().min(1).max(200), { label: 'File', help: 'The name that the file or folder had.' }),
  rows: param(z.int().min(1).max(MOST_ROWS), { label: 'Rows', help: 'Rows in the file.', step: 1 }),
  shape: param(z.array(z.int().min(1).max(65_536)).min(1).max(4), {
    label: 'Shape',
    help: 'Of one row. Images take any height and width, and 1 channel (grey) or 3 (colour).',
  }),
  x: param(z.array(names).min(1).max(MOST_COLUMNS), {
    label: 'Columns',
    help: 'The columns of a table side by side, or the array, that x is made of.',
    input: 'json',
  }),
  labels: param(z.string().max(100).default(''), {
    label: 'Labels',
    help: 'The column or array with the classes. Empty: none.',
  }),
  classes: param(z.array(z.string().max(100)).max(MOST_CLASSES).default([]), {
    label: 'Classes',
    help: 'Their values, in the order of the one-hot places.',
    input: 'json',
  }),
  offset: param(z.array(z.number()).min(1).max(MOST_COLUMNS).default([0]), {
    label: 'Offset',
    help: 'Taken off each number: one for all, or one for each of a row or of a pixel.',
    input: 'json',
  }),
  spread: param(z.array(z.number().gt(0)).min(1).max(MOST_COLUMNS).default([1]), {
    label: 'Spread',
    help: 'What the rest is divided by; so many units of the file are 1.',
    input: 'json',
  }),
  fit: param(z.enum(['crop', 'contain', 'stretch']).default('crop'), {
    label: 'Fit',
    help: 'Images of other proportions: cut off, surrounded by white, or stretched.',
  }),
  flip: param(z.boolean().default(false), {
    label: 'Mirrored',
    help: 'Each image once more, mirrored left to right.',
  }),
  heldOut: param(z.number().min(0).max(0.9).default(0.1), {
    label: 'Held out',
    help: 'The share of rows that the test split holds and the train split never shows.',
    step: 0.05,
  }),
});

export type ImportOptions = z.output<typeof importOptions>;

/** `300 rows of 28 × 28 × 1` */
export const sayRows = ({ rows, shape }: Pick<ImportOptions, 'rows' | 'shape'>): string =>
  `${quantity(rows, 'row')} of ${shape.join(' × ')}`;

/** Height, width and channels of rows that are images: two axes are a grey one. */
export function imageDims(dims: readonly number[]): readonly [number, number, number] | undefined {
  const [height = 0, width = 0, channels = 1] = dims;
  const isImage = (dims.length === 2 || dims.length === 3) && Math.min(height, width) >= 2;
  return isImage && (channels === 1 || channels === 3) ? [height, width, channels] : undefined;
}
