import { useMemo } from 'react';
import { GivenPicture } from '@/components/dock/given-picture';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { imageDims, sayRows } from '@/lib/data/files/import-options';
import type { DataPreview } from '@/lib/data/import/opened-files';
import { splitRange } from '@/lib/data/source';
import type { Picture } from '@/lib/draw/picture';
import { sizeOf } from '@/lib/shapes/shape';
import { formatCount } from '@/lib/util/format-count';
import styles from './import-dialog.module.css';

const MOST_ROWS = 8;
const MOST_COLUMNS = 12;
const MOST_CLASSES = 12;

/** The first rows as a game would get them, and what all of it is. */
export function ImportPreview({ of: preview }: { readonly of: DataPreview }) {
  const { rows, shape, classes, heldOut } = preview.options;
  const [, trained] = splitRange(rows, 'train', heldOut);
  return (
    <section className={styles.preview} aria-label="Preview">
      <p className={styles.facts} data-testid="import-facts">
        <b>{sayRows(preview.options)}</b>
        {classes.length > 0
          ? `, ${classes.length} classes (${[...classes.slice(0, MOST_CLASSES).map((each) => each || 'no folder'), ...(classes.length > MOST_CLASSES ? ['…'] : [])].join(', ')})`
          : ', without classes'}
        . {formatCount(trained)} to train with, {formatCount(rows - trained)} held out.
      </p>
      {imageDims(shape) ? <Pictures of={preview} /> : <Table of={preview} />}
    </section>
  );
}

function Pictures({ of: { x, options, range } }: { readonly of: DataPreview }) {
  const { shape, flip } = options;
  const picture = useMemo((): Picture => {
    const [height, width, channels] = imageDims(shape) ?? [1, 1, 1];
    const [low, high] = range;
    const count = x.length / sizeOf(shape);
    const pixels = x.map((value) => (2 * (value - low)) / (high - low || 1) - 1);
    return { type: 'images', real: { count, height, width, channels, pixels } };
  }, [x, shape, range]);
  return (
    <>
      <GivenPicture picture={picture} label="The first images" className={styles.pictures} />
      <p className={styles.words}>
        Numbers from {say(range[0])} to {say(range[1])}
        {flip ? '; each image once more, mirrored' : ''}.
      </p>
    </>
  );
}

function Table({ of: { x, labels, options } }: { readonly of: DataPreview }) {
  const { shape, x: names, classes, labels: labelName } = options;
  const size = sizeOf(shape);
  const columns = Math.min(size, MOST_COLUMNS);
  const rows = Math.min(MOST_ROWS, x.length / size);
  const nameOf = (column: number) =>
    names.length > 1 || size === 1 ? names[column] : `${names[0]} ${column + 1}`;
  return (
    <ScrollRegion label="The first rows" className={styles.tableFrame}>
      <table className={styles.table}>
        <thead>
          <tr>
            {Array.from({ length: columns }, (_, column) => (
              <th key={nameOf(column)} scope="col">
                {nameOf(column)}
              </th>
            ))}
            {size > columns ? <th scope="col">{size - columns} more</th> : null}
            {classes.length > 0 ? <th scope="col">{labelName} (class)</th> : null}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              {Array.from({ length: columns }, (_, column) => (
                <td key={nameOf(column)}>{say(x[row * size + column] as number)}</td>
              ))}
              {size > columns ? <td>…</td> : null}
              {classes.length > 0 ? <td>{classes[labels[row] ?? 0]}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const say = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');
