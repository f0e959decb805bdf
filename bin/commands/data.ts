import { chooseOptions } from '@/lib/data/files/choose';
import { sayRows } from '@/lib/data/files/import-options';
import { prepareSet } from '@/lib/data/files/prepared-set';
import { splitRange } from '@/lib/data/source';
import { quantity } from '@/lib/util/sentence';
import { parseArguments } from '../arguments';
import { openData } from '../data-files';
import { UsageError } from '../usage';

/**
 * What a file, a folder, or images and their labels would be as a data set: JSON on standard output, a sentence of
 * what is done with it and what is left out on standard error. Exit 2 where it cannot be used.
 */
export async function data(args: string[]): Promise<number> {
  const { positionals } = parseArguments(args, {});
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0)
    throw new UsageError('Which data? Give one file or one folder; labels are found beside their images.');
  const opened = await openData(path);
  const contents = await opened.read();
  const options = chooseOptions(opened.name, contents);
  prepareSet(contents, options);
  const { rows, shape, classes, heldOut } = options;
  const [, trained] = splitRange(rows, 'train', heldOut);
  const unused = contents.arrays
    .map((array) => array.name)
    .filter((each) => !options.x.includes(each) && each !== options.labels);
  const about = [
    `${sayRows(options)}${classes.length > 0 ? ` in ${classes.length} classes, from ${options.labels}` : ', without classes'}.`,
    `x is made of ${options.x.slice(0, 5).join(', ')}${options.x.length > 5 ? ` and ${options.x.length - 5} more` : ''}: (value - offset) / spread.`,
    `The train split has ${quantity(trained, 'row')}, the test split ${(rows - trained).toLocaleString('en')}.`,
    ...(unused.length > 0 ? [`Not used: ${unused.join(', ')}.`] : []),
    ...contents.notes,
  ];
  process.stderr.write(`${about.join('\n')}\n`);
  const { id: source } = opened;
  process.stdout.write(`${JSON.stringify({ source, options, rows, shape, classes })}\n`);
  return 0;
}
