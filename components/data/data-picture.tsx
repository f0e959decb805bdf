'use client';
import { useMemo, useRef } from 'react';
import { GivenPicture } from '@/components/dock/given-picture';
import { classes } from '@/components/ui/classes';
import type { CheckedNode } from '@/lib/check/checked';
import { findSource } from '@/lib/data/sources';
import type { Picture } from '@/lib/draw/picture';
import { takesData } from '@/lib/edit/set-data';
import { type Form, formOf } from '@/lib/nodes/views/form';
import { stringsPicture } from '@/lib/nodes/views/strings';
import { viewSamples } from '@/lib/nodes/views/view-samples';
import { createStream } from '@/lib/util/random';
import styles from './data-picture.module.css';

/** A few rows are enough, and are drawn at every letter that is typed. */
const rowsByForm: { readonly [form in Form]: number } = {
  densities: 1_000,
  points: 500,
  images: 10,
  videos: 4,
  volumes: 4,
  strings: 12,
};

/** What a generated data set looks like with its options as they are, before anything is trained; faint while one is wrong. */
export function DataPicture({ checked }: { readonly checked: CheckedNode }) {
  const source = String(checked.params.source);
  // As they are written: a wrong one is the default in what is checked.
  const { options = {} } = checked.node.params;
  const isData = takesData(checked);
  const picture = useMemo(
    () => (isData ? drawSource(source, options) : undefined),
    [isData, source, options],
  );
  const before = useRef<{ readonly source: string; readonly picture: Picture }>(undefined);
  if (picture) before.current = { source, picture };
  const shown = picture ?? (before.current?.source === source ? before.current.picture : undefined);
  if (!shown) return null;
  return (
    <GivenPicture
      picture={shown}
      label="Examples of the data"
      className={classes(styles.picture, !picture && styles.faint)}
    />
  );
}

/** Undefined of a file, of points, which are seen where they are drawn, and of what has no picture. */
function drawSource(id: string, given: unknown): Picture | undefined {
  const source = findSource(id);
  const options = source?.options.safeParse(given);
  if (!source || source.held || id === 'drawn' || !options?.success) return undefined;
  const { x: dims } = source.ports(options.data);
  const truth = source.truth?.(options.data);
  const form = formOf(dims);
  if (!form || (form === 'strings' && !truth?.alphabet)) return undefined;
  const rows = rowsByForm[form];
  const { x } = source.draw(options.data, rows, createStream('picture of data', id));
  const real = { dims: [rows, ...dims], data: x, label: '' };
  if (truth && form === 'strings') return stringsPicture(real, undefined, truth, {});
  const params = { count: null, dataset: null, realName: 'real', fakeName: 'fake' };
  return viewSamples.picture({ params, inputs: { real: [real] }, truths: {} });
}
