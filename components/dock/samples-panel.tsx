'use client';
import { useState } from 'react';
import { usePlain } from '@/components/hooks/use-checked';
import { Deferred } from '@/components/ui/deferred';
import { part } from '@/components/ui/part';
import type { Checked } from '@/lib/check/checked';
import { nameOf } from '@/lib/check/names';
import { Panel } from './panel';
import { PictureCanvas } from './picture-canvas';
import styles from './samples-panel.module.css';

const Select = part(
  'the choice of view',
  () => import('@/components/ui/select').then((module) => module.Select<string>),
  { instead: () => null },
);

/** The choice of several views at once. No view has such an id. */
const BESIDE = '__beside';
/** Side by side; more would be too narrow to read. */
const MOST_BESIDE = 2;

/** A view, larger than on the canvas: the one that was picked, else the first, beside its like where it has one. */
export function SamplesPanel() {
  const checked = usePlain();
  const views = viewsOf(checked);
  const [picked, setPicked] = useState<string>();
  const beside = besideIn(views);
  const single = views.find(({ id }) => id === picked);
  const shown = single ? [single] : beside.length > 1 ? beside : views.slice(0, 1);
  const surface = views.find(({ hasSurface }) => hasSurface);
  const options = views.map(({ id, label }) => ({ value: id, label }));
  return (
    <Panel
      title="Samples"
      isPicture
      className={styles.panel}
      aside={
        views.length > 1 ? (
          <Deferred until="mounted">
            <Select
              size="sm"
              label="View shown"
              className={styles.select}
              value={shown.length > 1 ? BESIDE : (shown[0]?.id ?? '')}
              onChange={setPicked}
              options={beside.length > 1 ? [{ value: BESIDE, label: 'Side by side' }, ...options] : options}
            />
          </Deferred>
        ) : null
      }
    >
      <div className={styles.pictures}>
        {shown.map(({ id, label }) => (
          <figure key={id} className={styles.figure}>
            <div className={styles.picture}>
              <PictureCanvas
                nodeId={id}
                label={`${label}, live`}
                surfaceOf={single === undefined && surface?.id !== id ? surface?.id : undefined}
              />
            </div>
            {shown.length > 1 ? <figcaption className={styles.caption}>{label}</figcaption> : null}
          </figure>
        ))}
        {shown.length === 0 ? (
          <p className={styles.none}>Add a Samples view to see what the generator makes.</p>
        ) : null}
      </div>
    </Panel>
  );
}

interface ShownView {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  /** It shows a function, by a probe into a network. */
  readonly hasSurface: boolean;
}

/** Views in document order. */
const viewsOf = (checked: Checked): readonly ShownView[] =>
  [...checked.nodes.values()].flatMap((node) => {
    const { definition, params } = node;
    if (definition?.role !== 'view') return [];
    const hasSurface = Boolean(definition.probe?.(params)?.network);
    return [{ id: node.node.id, kind: node.node.kind, label: nameOf(checked, node.node.id), hasSurface }];
  });

/** The first view and those of its kind: games that a document compares, or domains that it translates. */
const besideIn = (views: readonly ShownView[]): readonly ShownView[] =>
  views.filter(({ kind }) => kind === views[0]?.kind).slice(0, MOST_BESIDE);
